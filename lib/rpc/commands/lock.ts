import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import { lockVaults } from '@/lib/session/vault'

/** Closes every vault at once: nothing signs itself until a passkey opens it. Ephemeral sessions end with it. */
export const lock = defineCommand({
  name: 'lock',
  async handle(context) {
    await lockVaults(context, { ephemeral: true })
    context.changed()
    return null
  },
})
