import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import { changeSettings } from '@/lib/settings/changeSettings'

/** Sets the user's own limits on what sessions sign. They hold from the next signature on. */
export const setGuards = defineCommand({
  name: 'setGuards',
  async handle(context, { guards }) {
    await changeSettings(context.database, { guards })
    context.changed()
    return null
  },
})
