import { nativeBalance as readNativeBalance } from '@/lib/assets/nativeBalance'
import { getNetwork } from '@/lib/chains/networks'
import { defineCommand } from '@/lib/rpc/commands/defineCommand'

/** What an account holds of the native currency. */
export const nativeBalance = defineCommand({
  name: 'nativeBalance',
  async handle(context, { account, chainId }) {
    return { balance: await readNativeBalance(await getNetwork(context.database, chainId), account) }
  },
})
