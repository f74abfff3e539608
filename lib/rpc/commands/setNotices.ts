import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import { changeSettings } from '@/lib/settings/changeSettings'

/** Sets of what the owner is told by notifications. */
export const setNotices = defineCommand({
  name: 'setNotices',
  async handle(context, { notices }) {
    await changeSettings(context.database, { notices })
    context.changed()
    return null
  },
})
