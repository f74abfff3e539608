import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import { applyDefaultWallet } from '@/lib/settings/applyDefaultWallet'
import { changeSettings } from '@/lib/settings/changeSettings'

/** Whether Latchkey takes `window.ethereum` also where another wallet is, in pages that are loaded from now on. */
export const setDefaultWallet = defineCommand({
  name: 'setDefaultWallet',
  async handle(context, { on }) {
    await changeSettings(context.database, { isDefaultWallet: on })
    await applyDefaultWallet(on)
    context.changed()
    return null
  },
})
