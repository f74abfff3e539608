import type { Address } from 'viem'
import { entryPointAbi } from '@/lib/chains/abi/entryPoint.gen'
import type { Network } from '@/lib/chains/network'
import { publicClient } from '@/lib/chains/publicClient'
import { UnreachableError } from '@/lib/chains/UnreachableError'

/**
 * The next nonce of a lane, from EntryPoint in the latest block: key and sequence in one word.
 *
 * @throws {UnreachableError} The node does not answer.
 */
export async function readNonce(network: Network, account: Address, nonceKey: bigint): Promise<bigint> {
  try {
    return await publicClient(network).readContract({
      address: network.deployment.entryPoint,
      abi: entryPointAbi,
      functionName: 'getNonce',
      args: [account, nonceKey],
    })
  } catch (cause) {
    throw new UnreachableError('node', network.name, network.rpcUrl, cause)
  }
}
