import { BlockNotFoundError, InvalidParamsRpcError, RpcRequestError, BaseError as ViemError } from 'viem'
import type { Head } from '@/lib/bundler/clock'
import type { Network } from '@/lib/chains/network'
import { publicClient } from '@/lib/chains/publicClient'
import { UnreachableError } from '@/lib/chains/UnreachableError'

/**
 * The newest block of a chain, or the newest one that no reorganisation can take away any more.
 *
 * A node that knows no final block is taken at that word: nothing is final then.
 *
 * @throws {UnreachableError} The node does not answer.
 */
export async function readHead(network: Network, blockTag: 'latest' | 'finalized'): Promise<Head> {
  try {
    const { number, timestamp } = await publicClient(network).getBlock({ blockTag })
    return { number, timestamp: Number(timestamp) }
  } catch (cause) {
    if (blockTag === 'finalized' && isUnknownTag(cause)) return { number: -1n, timestamp: 0 }
    throw new UnreachableError('node', network.name, network.rpcUrl, cause)
  }
}

function isUnknownTag(error: unknown): boolean {
  if (!(error instanceof ViemError)) return false
  const found = error.walk(
    (cause) =>
      cause instanceof BlockNotFoundError ||
      cause instanceof InvalidParamsRpcError ||
      cause instanceof RpcRequestError,
  )
  return found !== null
}
