import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { listActivity, recordActivity, type ActivityRow } from '@/lib/activity/activity'
import { openDatabase } from '@/lib/storage/database'
import { transact } from '@/lib/storage/transact'

const entry = (id: string, at: number, status: ActivityRow['status']): ActivityRow => ({
  id,
  at,
  status,
  origin: null,
  account: '0x00000000000000000000000000000000000000aa',
  chainId: 1,
  signedBy: 'passkey',
  purpose: 'calls',
  calls: [],
})

test('behavior: newest first, one entry an operation, as many as asked', async () => {
  const database = await openDatabase({ name: crypto.randomUUID() })
  await transact(database, ['activity'], 'readwrite', async (transaction) => {
    for (const [index, id] of ['a', 'b', 'c'].entries())
      await recordActivity(transaction, entry(id, index, 'signed'))
    await recordActivity(transaction, entry('b', 1, 'included'))
  })
  const rows = await listActivity(database, 2)
  expect(rows.map(({ id, status }) => `${id} ${status}`)).toEqual(['c signed', 'b included'])
})

test('behavior: page by page, every entry once, also those of one moment', async () => {
  const database = await openDatabase({ name: crypto.randomUUID() })
  const ids = Array.from({ length: 23 }, (_, index) => `entry ${String(index).padStart(2, '0')}`)
  await transact(database, ['activity'], 'readwrite', async (transaction) => {
    for (const [index, id] of ids.entries())
      await recordActivity(transaction, entry(id, Math.floor(index / 5), 'final'))
  })
  for (const limit of [1, 4, 5, 7, 23, 50]) {
    const seen: string[] = []
    let before: { at: number; id: string } | undefined
    for (;;) {
      const rows = await listActivity(database, limit, before)
      expect(rows.length).toBeLessThanOrEqual(limit)
      seen.push(...rows.map(({ id }) => id))
      before = rows.at(-1)
      if (rows.length < limit) break
    }
    expect(seen).toEqual([...ids].reverse())
  }
  expect(await listActivity(database, 2, { at: 99, id: '' })).toHaveLength(2)
  expect(await listActivity(database, 2, { at: -1, id: '' })).toEqual([])
})
