import { noGuards, type Guards } from '@/lib/policy/guards'
import { table } from '@/lib/storage/table'
import type { Source } from '@/lib/storage/transact'

/** How pages of the wallet look; `system`: as the system does. */
export type Theme = 'system' | 'light' | 'dark'

/** Of what the owner is told by notifications of the system. */
export type Notices = {
  /** What a session signed without asking. */
  readonly signed: boolean
  /** Sessions that end, or have a limit nearly used up. */
  readonly sessions: boolean
}

/** What the user set. Kept in the database, where no page can read or write it: guards decide what is signed. */
export type Settings = {
  /** Minutes without input after which the wallet locks. */
  readonly idleMinutes: number
  readonly guards: Guards
  /** Whether Latchkey takes `window.ethereum` also where another wallet is. */
  readonly isDefaultWallet: boolean
  readonly theme: Theme
  readonly notices: Notices
}

type SettingsRow = Partial<Settings> & { readonly key: 'wallet' }

/** The one row, in its store. */
export const settingsTable = table<SettingsRow>('settings')

/** As they are until the user sets them: lock after 8 hours, no guards, `window.ethereum` left to another wallet, all notices. */
const defaults: Settings = {
  idleMinutes: 8 * 60,
  guards: noGuards,
  isDefaultWallet: false,
  theme: 'system',
  notices: { signed: true, sessions: true },
}

/**
 * The settings as they stand.
 *
 * @param source - The transaction that then reserves, where guards decide.
 */
export async function readSettings(source: Source): Promise<Settings> {
  const row = await settingsTable.get(source, 'wallet')
  return {
    idleMinutes: row?.idleMinutes ?? defaults.idleMinutes,
    guards: row?.guards ?? defaults.guards,
    isDefaultWallet: row?.isDefaultWallet ?? defaults.isDefaultWallet,
    theme: row?.theme ?? defaults.theme,
    notices: row?.notices ?? defaults.notices,
  }
}
