import { isAddressEqual, BaseError as ViemError, type Address } from 'viem'
import type { AccountOrigin } from '@/lib/account/codecs/AccountCodec'
import { codecFor } from '@/lib/account/codecs/codec'
import type { Network } from '@/lib/chains/network'
import { publicClient } from '@/lib/chains/publicClient'

/**
 * What the address of a deployed account follows from, by the factory's event. The node is not believed: the address must follow.
 *
 * @returns `null` when the chain does not tell it, or the node does not answer or does not look so far back.
 */
export async function readCreation(network: Network, account: Address): Promise<AccountOrigin | null> {
  const { deployment } = network
  const codec = codecFor(deployment.kind)
  const filter = codec.creationFilter(deployment, account)
  if (filter === null) return null
  const logs = await logsOf(network, { ...filter, fromBlock: '0x0', toBlock: 'latest' })
  for (const log of logs) {
    const creation = codec.decodeCreation(log)
    if (creation === null) continue
    const origin = { deployment, ...creation }
    const address = codec.accountAddress(origin)
    if (address !== null && isAddressEqual(address, account)) return origin
  }
  return null
}

async function logsOf(network: Network, filter: object) {
  const request = publicClient(network).request as (args: {
    method: 'eth_getLogs'
    params: [object]
  }) => Promise<unknown>
  try {
    const logs = await request({ method: 'eth_getLogs', params: [filter] })
    return Array.isArray(logs) ? (logs as { topics: `0x${string}`[]; data: `0x${string}` }[]) : []
  } catch (error) {
    // Many nodes limit how far back they look. Without the event there is nothing to tell.
    if (error instanceof ViemError) return []
    throw error
  }
}
