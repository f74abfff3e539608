import { expect, test } from 'vitest'
import { encodeFunctionData, erc20Abi, type Address } from 'viem'
import { recordActivity, type ActivityRow } from '@/lib/activity/activity'
import { putToken } from '@/lib/assets/tokens'
import type { ActivityFilter, ActivityPage, ActivityPlace } from '@/lib/messaging/activityQuery'
import { handleCommand } from '@/lib/rpc/commandRouter'
import { fromWire, toWire } from '@/lib/messaging/wire'
import { sessions } from '@/lib/session/sessions'
import { transact } from '@/lib/storage/transact'
import { sessionRow } from '../operation/sessionRow'
import { failure, testRpc, type TestRpc } from './testRpc'

const account: Address = '0x00000000000000000000000000000000000000aa'
const token: Address = '0x00000000000000000000000000000000000000b1'
const friend: Address = '0x00000000000000000000000000000000000000c7'
const hash = `0x${'5e'.repeat(32)}` as const
const transfer = encodeFunctionData({
  abi: erc20Abi,
  functionName: 'transfer',
  args: [friend, 1_500_000_000_000_000_000n],
})

const entry = (id: string, at: number, change: Partial<ActivityRow> = {}): ActivityRow => ({
  id,
  at,
  status: 'final',
  origin: 'https://swap.example',
  account,
  chainId: 31_337,
  signedBy: 'passkey',
  purpose: 'calls',
  calls: [{ to: friend, value: 1n, data: '0x' }],
  ...change,
})

async function write(context: TestRpc, rows: readonly ActivityRow[]): Promise<void> {
  await transact(context.database, ['activity'], 'readwrite', async (transaction) => {
    for (const row of rows) await recordActivity(transaction, row)
  })
}

async function ask(context: TestRpc, filter: ActivityFilter, before?: ActivityPlace): Promise<ActivityPage> {
  const answer = await handleCommand(context, {
    type: 'latchkey:command',
    name: 'activity',
    input: toWire({ filter, before }),
  })
  if (!answer.ok) throw new Error(answer.error.message)
  return fromWire(toWire(answer.output))
}

/** Every page until the end. */
async function all(context: TestRpc, filter: ActivityFilter): Promise<{ ids: string[]; pages: number }> {
  const ids: string[] = []
  let before: ActivityPlace | undefined
  for (let pages = 1; ; pages++) {
    const page = await ask(context, filter, before)
    ids.push(...page.entries.map(({ id }) => id))
    if (page.next === null) return { ids, pages }
    before = page.next
  }
}

test('behavior: each filter, alone and together', async () => {
  const context = await testRpc()
  await write(context, [
    entry('other account', 1, { account: friend }),
    entry('other chain', 2, { chainId: 1 }),
    entry('by session', 3, { signedBy: 'session' }),
    entry('failed', 4, { status: 'failed' }),
    entry('sent', 5, { status: 'sent' }),
    entry('void', 6, { status: 'void' }),
    entry('wallet', 7, { origin: null, purpose: 'revoke', calls: [] }),
    entry('message', 8, { purpose: 'message', calls: [], excerpt: 'Login' }),
  ])
  const found = async (filter: ActivityFilter) => (await all(context, filter)).ids
  expect(await found({})).toHaveLength(8)
  expect(await found({ account: friend })).toEqual(['other account'])
  expect(await found({ chainId: 1 })).toEqual(['other chain'])
  expect(await found({ signedBy: 'session' })).toEqual(['by session'])
  expect(await found({ state: 'failed' })).toEqual(['failed'])
  expect(await found({ state: 'under-way' })).toEqual(['sent'])
  expect(await found({ state: 'void' })).toEqual(['void'])
  expect(await found({ origin: null })).toEqual(['wallet'])
  expect(await found({ purpose: 'message' })).toEqual(['message'])
  expect(await found({ signedBy: 'passkey', state: 'done', chainId: 31_337, purpose: 'calls' })).toEqual([
    'other account',
  ])
  expect(await found({ origin: 'https://nowhere.example' })).toEqual([])
})

test('behavior: a session’s own entries are what it signed, and what created and ended it', async () => {
  const context = await testRpc()
  const id = `0x${'0a'.repeat(32)}` as const
  await write(context, [
    entry('created', 1, { purpose: 'create-session', sessionIds: [id] }),
    entry('signed', 2, { signedBy: 'session', sessionId: id }),
    entry('by another', 3, { signedBy: 'session', sessionId: hash }),
    entry('replaced', 4, { purpose: 'create-session', sessionIds: [hash], replacesIds: [id] }),
    entry('revoked', 5, { purpose: 'revoke', sessionIds: [id, hash] }),
    entry('by passkey', 6),
  ])
  expect((await all(context, { sessionId: id })).ids).toEqual(['revoked', 'replaced', 'signed', 'created'])
})

test('behavior: a search finds site, function, token, amount, words, address and hash; every word counts', async () => {
  const context = await testRpc()
  await putToken(context.database, { chainId: 31_337, address: token, symbol: 'DEMO', decimals: 18 })
  const named = sessionRow({ functions: { [`${friend}:0xc383e22b`]: 'plant(uint256 plot)' } })
  await sessions.put(context.database, { ...named, metadata: { name: 'Orchard' } })
  await write(context, [
    entry('pay', 1, { calls: [{ to: token, value: 0n, data: transfer }], transactionHash: hash }),
    entry('plant', 2, {
      origin: named.origin,
      calls: [{ to: friend, value: 0n, data: `0xc383e22b${'00'.repeat(32)}` }],
    }),
    entry('login', 3, { purpose: 'message', calls: [], excerpt: 'Sign in to Orchard' }),
    entry('failed', 4, { status: 'failed', error: 'InsufficientBalance()' }),
  ])
  const found = async (text: string) => (await all(context, { text })).ids
  expect(await found('demo')).toEqual(['pay'])
  expect(await found('send 1.5')).toEqual(['pay'])
  expect(await found('transfer swap.example')).toEqual(['pay'])
  expect(await found(hash)).toEqual(['pay'])
  expect(await found(friend.toUpperCase().replace('0X', '0x'))).toEqual(['failed', 'plant', 'pay'])
  expect(await found('PLANT')).toEqual(['plant'])
  expect(await found('orchard')).toEqual(['login', 'plant'])
  expect(await found('insufficientbalance')).toEqual(['failed'])
  expect(await found('demo plant')).toEqual([])
  expect(await found('  ')).toHaveLength(4)
})

test('behavior: a call looks at a bounded number of rows and says where to go on', async () => {
  const context = await testRpc()
  const rows = Array.from({ length: 1000 }, (_, index) =>
    entry(`entry ${index}`, index, index % 490 === 0 ? { signedBy: 'session' } : {}),
  )
  await write(context, rows)
  const first = await ask(context, { signedBy: 'session' })
  expect(first).toEqual({
    entries: [expect.objectContaining({ id: 'entry 980' })],
    next: { at: 600, id: 'entry 600' },
  })
  expect(await all(context, { signedBy: 'session' })).toEqual({
    ids: ['entry 980', 'entry 490', 'entry 0'],
    pages: 3,
  })
  const everything = await all(context, {})
  expect(everything.ids).toEqual(rows.map(({ id }) => id).reverse())
  expect((await ask(context, {})).entries).toHaveLength(50)
})

test('error: what is no query is refused', async () => {
  const context = await testRpc()
  const wrong = { filter: { state: 'lost' } } as unknown as { filter: ActivityFilter }
  expect((await failure(ask(context, wrong.filter))).message).toContain('filter.state')
  expect((await failure(ask(context, { text: 'x'.repeat(201) }))).message).toContain('at most 200')
})
