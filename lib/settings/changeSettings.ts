import { parseGuards } from '@/lib/settings/parseGuards'
import { SettingsError } from '@/lib/settings/SettingsError'
import { readSettings, settingsTable, type Settings } from '@/lib/settings/settings'
import type { Database } from '@/lib/storage/database'
import { transact } from '@/lib/storage/transact'

/** An open vault closes after a day in any case, so that a longer time would promise what does not happen. */
const mostIdleMinutes = 24 * 60

/**
 * Changes some of the settings.
 *
 * @returns The settings as they stand then.
 * @throws {SettingsError} -32602: a value is not possible; nothing is changed.
 */
export async function changeSettings(database: Database, change: Partial<Settings>): Promise<Settings> {
  const { idleMinutes, guards } = change
  if (
    idleMinutes !== undefined &&
    !(Number.isInteger(idleMinutes) && idleMinutes >= 1 && idleMinutes <= mostIdleMinutes)
  )
    throw new SettingsError(
      'The wallet can lock after 1 to 1,440 minutes without input. Enter a whole number.',
    )
  const checked = guards === undefined ? undefined : parseGuards(guards)
  return transact(database, [settingsTable.store], 'readwrite', async (transaction) => {
    const before = await readSettings(transaction)
    const after: Settings = { ...before, ...change, guards: checked ?? before.guards }
    await settingsTable.put(transaction, { key: 'wallet', ...after })
    return after
  })
}
