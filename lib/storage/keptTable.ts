import type { Database } from '@/lib/storage/database'
import type { StoreName } from '@/lib/storage/migrations'
import { table, type Table } from '@/lib/storage/table'
import { isTransaction, type Source } from '@/lib/storage/transact'

/**
 * Declares a table of which all rows are kept in memory once read: for a small store that every request of a page looks at. A page
 * that floods the wallet would have the others wait for the disk. Inside a transaction it reads the store itself.
 *
 * Every write to the store goes through this table. It drops what is kept before its transaction begins, and IndexedDB lets no read
 * that begins later see the store before that transaction has ended.
 *
 * @param keyOf - The key of a row, as the store's key path has it.
 */
export function keptTable<row>(store: StoreName, keyOf: (row: row) => IDBValidKey): Table<row> {
  const stored = table<row>(store)
  let kept = new WeakMap<Database, Promise<readonly row[]>>()

  function rowsOf(database: Database): Promise<readonly row[]> {
    const known = kept.get(database)
    if (known !== undefined) return known
    const reading = stored.getAll(database)
    const own = kept
    own.set(database, reading)
    // A failed read is tried again by the next one; who waits for this one is told.
    reading.catch(() => own.delete(database))
    return reading
  }

  function forget() {
    kept = new WeakMap()
  }

  return {
    ...stored,
    async get(source: Source, key: IDBValidKey) {
      if (isTransaction(source)) return stored.get(source, key)
      return (await rowsOf(source)).find((row) => indexedDB.cmp(keyOf(row), key) === 0)
    },
    async getAll(source: Source) {
      return isTransaction(source) ? stored.getAll(source) : [...(await rowsOf(source))]
    },
    put(source: Source, row: row) {
      forget()
      return stored.put(source, row)
    },
    delete(source: Source, key: IDBValidKey) {
      forget()
      return stored.delete(source, key)
    },
  }
}
