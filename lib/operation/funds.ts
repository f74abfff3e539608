import type { Address } from 'viem'
import { entryPointAbi } from '@/lib/chains/abi/entryPoint.gen'
import type { Network } from '@/lib/chains/network'
import { publicClient } from '@/lib/chains/publicClient'
import { UnreachableError } from '@/lib/chains/UnreachableError'

/** What an account could pay with, in wei. */
export type Funds = {
  readonly balance: bigint
  /** Left over in EntryPoint from earlier operations; pays fees before the balance does. */
  readonly deposit: bigint
}

/**
 * Reads an account's balance and its deposit in EntryPoint.
 *
 * @throws {UnreachableError} The node does not answer.
 */
export async function readFunds(network: Network, account: Address): Promise<Funds> {
  const client = publicClient(network)
  const { entryPoint } = network.deployment
  try {
    const [balance, deposit] = await Promise.all([
      client.getBalance({ address: account }),
      client.readContract({
        address: entryPoint,
        abi: entryPointAbi,
        functionName: 'balanceOf',
        args: [account],
      }),
    ])
    return { balance, deposit }
  } catch (cause) {
    throw new UnreachableError('node', network.name, network.rpcUrl, cause)
  }
}
