import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import { applyDefaultWallet } from '@/lib/settings/applyDefaultWallet'
import { eraseStorage } from '@/lib/storage/eraseStorage'

/** Deletes keys, accounts and everything else that the wallet keeps in this browser, and starts the extension anew. */
export const erase = defineCommand({
  name: 'erase',
  async handle(context) {
    await applyDefaultWallet(false)
    await eraseStorage(context.database)
    context.restart()
    return null
  },
})
