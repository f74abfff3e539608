import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import { defaultWallet } from '@/lib/settings/defaultWallet'

/** Whether Latchkey takes `window.ethereum` also where another wallet is, in pages that are loaded from now on. */
export const setDefaultWallet = defineCommand({
  name: 'setDefaultWallet',
  async handle(context, { on }) {
    await defaultWallet.set(on)
    context.changed()
    return null
  },
})
