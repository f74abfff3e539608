import type { Address } from 'viem'
import { entryPointAbi } from '@/lib/chains/abi/entryPoint.gen'
import type { Network } from '@/lib/chains/network'
import { publicClient } from '@/lib/chains/publicClient'
import { UnreachableError } from '@/lib/chains/UnreachableError'

/**
 * The next nonce of a lane, from EntryPoint in the latest block: key and sequence in one word.
 *
 * @throws {UnreachableError} The node does not answer, or with the nonce of another lane.
 */
export async function readNonce(network: Network, account: Address, nonceKey: bigint): Promise<bigint> {
  try {
    const nonce = await publicClient(network).readContract({
      address: network.deployment.entryPoint,
      abi: entryPointAbi,
      functionName: 'getNonce',
      args: [account, nonceKey],
    })
    if (nonce >> 64n !== nonceKey) throw new RangeError('The nonce is of another key.')
    return nonce
  } catch (cause) {
    throw new UnreachableError('node', network.name, network.rpcUrl, cause)
  }
}
