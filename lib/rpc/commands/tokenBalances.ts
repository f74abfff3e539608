import { tokenBalances as readTokenBalances } from '@/lib/assets/tokenBalances'
import { listWatched } from '@/lib/assets/watchedTokens'
import { getNetwork } from '@/lib/chains/networks'
import { defineCommand } from '@/lib/rpc/commands/defineCommand'

/** What an account holds of the tokens that the owner listed on a chain. */
export const tokenBalances = defineCommand({
  name: 'tokenBalances',
  async handle({ database }, { account, chainId }) {
    const network = await getNetwork(database, chainId)
    const tokens = (await listWatched(database))
      .filter((token) => token.chainId === chainId)
      .map(({ address }) => address)
    return { balances: await readTokenBalances(network, account, tokens) }
  },
})
