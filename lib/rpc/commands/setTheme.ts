import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import { changeSettings } from '@/lib/settings/changeSettings'

/** Sets how pages of the wallet look. */
export const setTheme = defineCommand({
  name: 'setTheme',
  async handle(context, { theme }) {
    await changeSettings(context.database, { theme })
    context.changed()
    return null
  },
})
