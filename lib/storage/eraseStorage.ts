import { deleteDB } from 'idb'
import { browser } from 'wxt/browser'
import { openDatabase, type Database } from '@/lib/storage/database'
import { table } from '@/lib/storage/table'

/** Left in the new database by {@link eraseStorage}. */
const erased = table<{ readonly key: 'erased' }>('meta')

/** Deletes all that the extension has stored: keys in memory first, then the database. It is of no use afterwards. */
export async function eraseStorage(database: Database): Promise<void> {
  await browser.storage.session.clear()
  database.close()
  await deleteDB(database.name)
  const fresh = await openDatabase({ name: database.name })
  await erased.put(fresh, { key: 'erased' })
  fresh.close()
}

/** Whether everything was erased just before this start; told once. */
export async function wasErased(database: Database): Promise<boolean> {
  if ((await erased.get(database, 'erased')) === undefined) return false
  await erased.delete(database, 'erased')
  return true
}
