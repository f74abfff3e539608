import { erc20Abi, type Address } from 'viem'
import { contractAnswer } from '@/lib/assets/contractAnswer'
import type { Network } from '@/lib/chains/network'
import { publicClient } from '@/lib/chains/publicClient'

/** What an address holds of a token. */
export type TokenBalance = {
  readonly token: Address
  /** In the token's smallest unit; `null` when its contract tells none. */
  readonly balance: bigint | null
}

/**
 * What an address holds of some ERC-20 tokens, in the latest block, in the order of `tokens`.
 *
 * @throws {UnreachableError} The node does not answer.
 */
export async function tokenBalances(
  network: Network,
  owner: Address,
  tokens: readonly Address[],
): Promise<TokenBalance[]> {
  const client = publicClient(network)
  return Promise.all(
    tokens.map(async (token) => ({
      token,
      balance: await contractAnswer(
        network,
        client.readContract({ address: token, abi: erc20Abi, functionName: 'balanceOf', args: [owner] }),
      ),
    })),
  )
}
