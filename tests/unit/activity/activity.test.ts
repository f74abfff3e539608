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
