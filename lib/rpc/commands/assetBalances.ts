import type { Address } from 'viem'
import { nativeBalance } from '@/lib/assets/nativeBalance'
import { tokenBalances } from '@/lib/assets/tokenBalances'
import { getNetwork, UnknownNetworkError } from '@/lib/chains/networks'
import { UnreachableError } from '@/lib/chains/UnreachableError'
import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import type { RpcContext } from '@/lib/rpc/context'

/** What an account holds of assets on whatever chains. */
export const assetBalances = defineCommand({
  name: 'assetBalances',
  async handle(context, { account, assets }) {
    const balances = await Promise.all(
      assets.map(async ({ chainId, asset }) => ({
        chainId,
        asset,
        balance: await balanceOf(context, account, chainId, asset),
      })),
    )
    return { balances }
  },
})

async function balanceOf(
  { database }: RpcContext,
  account: Address,
  chainId: number,
  asset: 'native' | Address,
): Promise<bigint | null> {
  try {
    const network = await getNetwork(database, chainId)
    if (asset === 'native') return await nativeBalance(network, account)
    const [token] = await tokenBalances(network, account, [asset])
    return token?.balance ?? null
  } catch (error) {
    // Not known now: the page says what it can without it, and asks again.
    if (error instanceof UnreachableError || error instanceof UnknownNetworkError) return null
    throw error
  }
}
