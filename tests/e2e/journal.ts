import type { ActivityRow } from '@/lib/activity/activity'
import { fromWire, type Wire } from '@/lib/messaging/wire'
import type { OperationRow } from '@/lib/operation/row'
import type { SessionRow } from '@/lib/session/session'
import type { Wallet } from './fixtures'

/** What the wallet has on disk of its work. */
export type Journal = {
  readonly operations: readonly OperationRow[]
  readonly sessions: readonly SessionRow[]
  readonly activity: readonly ActivityRow[]
}

/** The wallet's database as one of its own pages reads it, in the wire form in which bigints are JSON. */
export async function exportJournal(wallet: Wallet): Promise<Wire> {
  const page = await wallet.open('#/settings')
  try {
    return await page.evaluate(async () => {
      const open = indexedDB.open('latchkey')
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        open.onsuccess = () => resolve(open.result)
        open.onerror = () => reject(open.error)
      })
      const all = (store: string) =>
        new Promise<unknown>((resolve, reject) => {
          const request = database.transaction(store).objectStore(store).getAll()
          request.onsuccess = () => resolve(request.result)
          request.onerror = () => reject(request.error)
        })
      const rows = {
        operations: await all('operations'),
        sessions: await all('sessions'),
        activity: await all('activity'),
      }
      database.close()
      return JSON.parse(
        JSON.stringify(rows, (_, value: unknown) =>
          typeof value === 'bigint' ? { $bigint: `0x${value.toString(16)}` } : value,
        ),
      ) as Wire
    })
  } finally {
    await page.close()
  }
}

/** The same, revived. */
export async function readJournal(wallet: Wallet): Promise<Journal> {
  return fromWire<Journal>(await exportJournal(wallet))
}
