import { unwatchToken as forgetToken } from '@/lib/assets/watchedTokens'
import { defineCommand } from '@/lib/rpc/commands/defineCommand'

/** Takes a token from the list whose balances are shown. The account keeps what it holds of it. */
export const unwatchToken = defineCommand({
  name: 'unwatchToken',
  async handle(context, token) {
    await forgetToken(context.database, token)
    context.changed()
    return null
  },
})
