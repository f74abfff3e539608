import type { Address } from 'viem'
import type { Network } from '@/lib/chains/network'
import { publicClient } from '@/lib/chains/publicClient'
import { UnreachableError } from '@/lib/chains/UnreachableError'

/**
 * An address's balance of a network's own currency, in wei, in the latest block.
 *
 * @throws {UnreachableError} The node does not answer.
 */
export async function nativeBalance(network: Network, address: Address): Promise<bigint> {
  try {
    return await publicClient(network).getBalance({ address })
  } catch (cause) {
    throw new UnreachableError('node', network.name, network.rpcUrl, cause)
  }
}
