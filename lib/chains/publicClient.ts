import { createPublicClient, http, type PublicClient } from 'viem'
import type { Network } from '@/lib/chains/network'

const clients = new Map<string, PublicClient>()

/**
 * Client of a network's node. One per URL for the life of the worker; no request batching, no response cache, so that what it says
 * is what the node said now.
 *
 * @param network - Only `rpcUrl` counts.
 */
export function publicClient(network: Pick<Network, 'rpcUrl'>): PublicClient {
  const known = clients.get(network.rpcUrl)
  if (known !== undefined) return known
  const client = createPublicClient({
    transport: http(network.rpcUrl, {
      batch: false,
      timeout: 10_000,
      retryCount: 1,
      fetchOptions: { credentials: 'omit', redirect: 'error' },
    }),
    cacheTime: 0,
  })
  clients.set(network.rpcUrl, client)
  return client
}
