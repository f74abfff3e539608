import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { expect, test } from 'vitest'
import { openDatabase } from '@/lib/storage/database'
import { StorageError, toStorageError } from '@/lib/storage/StorageError'
import { table } from '@/lib/storage/table'
import { transact } from '@/lib/storage/transact'

type Row = { id: string; at: number; amount: bigint }
const rows = table<Row>('activity')
const others = table<{ key: string }>('meta')
const open = () => openDatabase({ name: crypto.randomUUID() })

test('behavior: a row comes back as it was written, bigints too', async () => {
  const database = await open()
  await rows.put(database, { id: 'a', at: 1, amount: 2n ** 200n })
  expect(await rows.get(database, 'a')).toEqual({ id: 'a', at: 1, amount: 2n ** 200n })
  expect(await rows.get(database, 'b')).toBeUndefined()
  await rows.delete(database, 'a')
  expect(await rows.getAll(database)).toEqual([])
})

test('behavior: the last rows of an index, greatest first', async () => {
  const database = await open()
  for (const at of [3, 1, 4, 2]) await rows.put(database, { id: `${at}`, at, amount: 0n })
  expect((await rows.last(database, 'byAt', 3)).map(({ at }) => at)).toEqual([4, 3, 2])
  expect((await rows.index(database, 'byAt', 2)).map(({ id }) => id)).toEqual(['2'])
})

test('behavior: a transaction writes all or nothing', async () => {
  const database = await open()
  const failing = transact(database, ['activity', 'meta'], 'readwrite', async (transaction) => {
    await rows.put(transaction, { id: 'a', at: 1, amount: 1n })
    await others.put(transaction, { key: 'k' })
    throw new RangeError('stop')
  })
  await expect(failing).rejects.toThrow(RangeError)
  expect(await rows.getAll(database)).toEqual([])
  expect(await others.getAll(database)).toEqual([])
})

test('behavior: two read-then-write transactions do not overlap', async () => {
  const database = await open()
  await rows.put(database, { id: 'n', at: 0, amount: 0n })
  const increment = () =>
    transact(database, ['activity'], 'readwrite', async (transaction) => {
      const row = await rows.get(transaction, 'n')
      if (row !== undefined) await rows.put(transaction, { ...row, amount: row.amount + 1n })
    })
  await Promise.all(Array.from({ length: 20 }, increment))
  expect((await rows.get(database, 'n'))?.amount).toBe(20n)
})

test('error: a failed request inside a transaction is a StorageError and undoes the rest', async () => {
  const database = await open()
  const failing = transact(database, ['activity'], 'readwrite', async (transaction) => {
    await rows.put(transaction, { id: 'a', at: 1, amount: 1n })
    await rows.put(transaction, { at: 1 } as Row)
  })
  await expect(failing).rejects.toThrow(StorageError)
  expect(await rows.getAll(database)).toEqual([])
})

test('error: a closed database is a StorageError', async () => {
  const database = await open()
  database.close()
  await expect(rows.getAll(database)).rejects.toThrow(StorageError)
})

test('error: a database of a newer version is refused', async () => {
  const name = crypto.randomUUID()
  const newer = await openDB(name, 99)
  newer.close()
  await expect(openDatabase({ name })).rejects.toThrow(StorageError)
})

test('error: a database without its stores is refused', async () => {
  const name = crypto.randomUUID()
  const empty = await openDB(name, 1)
  empty.close()
  await expect(openDatabase({ name })).rejects.toThrow('lacks accounts')
})

test('error: a full disk says what to do; other errors keep their meaning', () => {
  const full = toStorageError(new DOMException('', 'QuotaExceededError'))
  expect(full).toBeInstanceOf(StorageError)
  expect(String(full)).toContain('Free some space')
  const own = new RangeError('mine')
  expect(toStorageError(own)).toBe(own)
})
