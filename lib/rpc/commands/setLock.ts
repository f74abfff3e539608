import { browser } from 'wxt/browser'
import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import { changeSettings } from '@/lib/settings/changeSettings'

/** Sets after how many minutes without input the wallet locks. */
export const setLock = defineCommand({
  name: 'setLock',
  async handle(context, { idleMinutes }) {
    await changeSettings(context.database, { idleMinutes })
    browser.idle.setDetectionInterval(idleMinutes * 60)
    context.changed()
    return null
  },
})
