import type { Address } from 'viem'
import type { Network } from '@/lib/chains/network'
import { publicClient } from '@/lib/chains/publicClient'
import { UnreachableError } from '@/lib/chains/UnreachableError'

/** Code of an account that lent itself some by EIP-7702: its key still owns it. @see https://eips.ethereum.org/EIPS/eip-7702 */
const delegation = '0xef0100'

/**
 * Whether a contract stands at an address, in the latest block.
 *
 * @throws {UnreachableError} The node does not answer.
 */
export async function hasContract(network: Network, address: Address): Promise<boolean> {
  try {
    const code = await publicClient(network).getCode({ address })
    return code !== undefined && code !== '0x' && !code.toLowerCase().startsWith(delegation)
  } catch (cause) {
    throw new UnreachableError('node', network.name, network.rpcUrl, cause)
  }
}
