import type { Address } from 'viem'
import type { Network } from '@/lib/chains/network'
import { publicClient } from '@/lib/chains/publicClient'
import { UnreachableError } from '@/lib/chains/UnreachableError'

/**
 * Whether an account has code on a chain. Asked of the chain each time: a stranger may deploy it, and a test chain may forget it.
 *
 * @throws {UnreachableError} The node does not answer.
 */
export async function isDeployed(network: Network, account: Address): Promise<boolean> {
  try {
    const code = await publicClient(network).getCode({ address: account })
    return code !== undefined && code !== '0x'
  } catch (cause) {
    throw new UnreachableError('node', network.name, network.rpcUrl, cause)
  }
}
