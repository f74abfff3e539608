import 'fake-indexeddb/auto'
import { expect, test, vi } from 'vitest'
import { openDatabase } from '@/lib/storage/database'
import { keptTable } from '@/lib/storage/keptTable'
import { table } from '@/lib/storage/table'
import { transact } from '@/lib/storage/transact'

type Row = { readonly origin: string; readonly n: number }
const make = () => keptTable<Row>('connections', ({ origin }) => origin)
const open = () => openDatabase({ name: crypto.randomUUID() })

test('behavior: the store is read once, whatever is asked of it', async () => {
  const rows = make()
  const database = await open()
  await rows.put(database, { origin: 'a', n: 1 })
  const begun = vi.spyOn(database, 'transaction')
  expect(await Promise.all([rows.get(database, 'a'), rows.get(database, 'b')])).toEqual([
    { origin: 'a', n: 1 },
    undefined,
  ])
  expect(await rows.getAll(database)).toEqual([{ origin: 'a', n: 1 }])
  expect(begun.mock.calls.length).toBeLessThanOrEqual(1)
  begun.mockRestore()
  // What one caller does with its list is its own affair.
  ;(await rows.getAll(database)).pop()
  expect(await rows.getAll(database)).toHaveLength(1)
})

test('behavior: no read that begins after a write sees what was before', async () => {
  const rows = make()
  const database = await open()
  for (let n = 1; n <= 5; n++) {
    const before = rows.get(database, 'a')
    const writing = rows.put(database, { origin: 'a', n })
    expect(await rows.get(database, 'a')).toEqual({ origin: 'a', n })
    await Promise.all([before, writing])
    // The read that was under way is not kept.
    expect(await rows.get(database, 'a')).toEqual({ origin: 'a', n })
  }
  await rows.delete(database, 'a')
  expect(await rows.getAll(database)).toEqual([])
})

test('behavior: a transaction sees its own writes, and one that is aborted leaves no trace', async () => {
  const rows = make()
  const database = await open()
  await rows.put(database, { origin: 'a', n: 1 })
  await rows.getAll(database)
  const failing = transact(database, ['connections'], 'readwrite', async (transaction) => {
    await rows.put(transaction, { origin: 'a', n: 2 })
    expect(await rows.get(transaction, 'a')).toEqual({ origin: 'a', n: 2 })
    throw new Error('no')
  })
  const meanwhile = rows.get(database, 'a')
  await expect(failing).rejects.toThrow('no')
  expect(await meanwhile).toEqual({ origin: 'a', n: 1 })
  expect(await rows.get(database, 'a')).toEqual({ origin: 'a', n: 1 })
})

test('error: a read that fails is not kept; another database has rows of its own', async () => {
  const rows = make()
  const [database, other] = [await open(), await open()]
  await table<Row>('connections').put(other, { origin: 'b', n: 1 })
  expect(await rows.getAll(other)).toHaveLength(1)
  const failing = vi.spyOn(database, 'transaction').mockImplementation(() => {
    throw new Error('the disk is gone')
  })
  await expect(rows.getAll(database)).rejects.toThrow()
  failing.mockRestore()
  expect(await rows.getAll(database)).toEqual([])
})
