import type { StoreName } from '@/lib/storage/migrations'
import { isTransaction, readTogether, transact, type Source, type Transaction } from '@/lib/storage/transact'

/** A place in an index: rows of one indexed value stand in the order of their own keys. */
export type IndexPlace = { readonly value: IDBValidKey; readonly key: IDBValidKey }

/** Typed access to one store. */
export type Table<row> = {
  readonly store: StoreName
  /** @returns The row, or `undefined` when there is none. */
  get(source: Source, key: IDBValidKey): Promise<row | undefined>
  /** All rows, in the order of their keys. */
  getAll(source: Source): Promise<row[]>
  /** Inserts the row, or replaces the one with its key. */
  put(source: Source, row: row): Promise<void>
  /** Removes the row if there is one. */
  delete(source: Source, key: IDBValidKey): Promise<void>
  /** Rows whose indexed value is `query`, in the order of the index. */
  index(source: Source, index: string, query: IDBValidKey | IDBKeyRange): Promise<row[]>
  /** The last `limit` rows of an index, greatest first; of those before `before`, where it is given. */
  last(source: Source, index: string, limit: number, before?: IndexPlace): Promise<row[]>
}

/**
 * Declares typed access to a store: `const operations = table<OperationRow>('operations')`, in the room that owns the row type. The
 * wallet is the only writer of its database, so rows are taken at their declared type.
 */
export function table<row>(store: StoreName): Table<row> {
  return {
    store,
    get: (source, key) => read(source, store, async (tx) => (await tx.objectStore(store).get(key)) as row),
    getAll: (source) => read(source, store, async (tx) => (await tx.objectStore(store).getAll()) as row[]),
    put: (source, row) => write(source, store, (tx) => writable(tx, store).put(row)),
    delete: (source, key) => write(source, store, (tx) => writable(tx, store).delete(key)),
    index: (source, index, query) =>
      read(source, store, async (tx) => (await tx.objectStore(store).index(index).getAll(query)) as row[]),
    last: (source, index, limit, before) =>
      read(source, store, (tx) => takeLast<row>(tx, store, index, limit, before)),
  }
}

/** Finds both ends by their keys and reads what is between them at once: a cursor over the rows would ask for each by itself. */
async function takeLast<row>(
  tx: Transaction,
  store: StoreName,
  index: string,
  limit: number,
  before?: IndexPlace,
): Promise<row[]> {
  const indexed = tx.objectStore(store).index(index)
  const newest = before === undefined ? null : IDBKeyRange.upperBound(before.value)
  let cursor = await indexed.openKeyCursor(newest, 'prev')
  while (cursor !== null && before !== undefined && !isBefore(cursor, before))
    cursor = await cursor.continue()
  if (cursor === null || limit < 1) return []
  const { key: to, primaryKey: last } = cursor
  const first = limit === 1 ? cursor : await cursor.advance(limit - 1)
  const range = first === null ? IDBKeyRange.upperBound(to) : IDBKeyRange.bound(first.key, to)
  const start = first?.primaryKey
  const [rows, keys] = await Promise.all([indexed.getAll(range), indexed.getAllKeys(range)])
  const placeOf = (wanted: IDBValidKey) => keys.findIndex((key) => indexedDB.cmp(key, wanted) === 0)
  const between = rows.slice(start === undefined ? 0 : placeOf(start), placeOf(last) + 1)
  return between.reverse() as row[]
}

function isBefore(
  { key, primaryKey }: { readonly key: IDBValidKey; readonly primaryKey: IDBValidKey },
  place: IndexPlace,
): boolean {
  const order = indexedDB.cmp(key, place.value)
  return order < 0 || (order === 0 && indexedDB.cmp(primaryKey, place.key) < 0)
}

function read<result>(source: Source, store: StoreName, run: (tx: Transaction) => Promise<result>) {
  return readTogether(source, [store], run)
}

async function write(source: Source, store: StoreName, run: (tx: Transaction) => Promise<unknown>) {
  await (isTransaction(source) ? run(source) : transact(source, [store], 'readwrite', run))
}

function writable(tx: Transaction, store: StoreName) {
  const objectStore = tx.objectStore(store)
  const { put, delete: remove } = objectStore
  if (put === undefined || remove === undefined)
    throw new TypeError(`A read-only transaction cannot write to ${store}.`)
  return {
    put: (row: unknown) => put.call(objectStore, row),
    delete: (key: IDBValidKey) => remove.call(objectStore, key),
  }
}
