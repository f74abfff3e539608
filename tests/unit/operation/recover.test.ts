import { afterEach, beforeEach, expect, test } from 'vitest'
import { listActivity } from '@/lib/activity/activity'
import { addNetwork } from '@/lib/chains/networks'
import { recover } from '@/lib/operation/recover'
import { operations, type OperationRow } from '@/lib/operation/row'
import { settle } from '@/lib/operation/settle'
import { countedUsage } from '@/lib/operation/standing'
import { sessions } from '@/lib/session/sessions'
import { fakeChain, type FakeChain } from './fakeChain'
import { operationRow } from './operationRow'
import { sessionRow } from './sessionRow'
import { testContext } from './testContext'

const session = sessionRow()
let chain: FakeChain
let context: Awaited<ReturnType<typeof testContext>>

beforeEach(async () => {
  chain = await fakeChain()
  context = await testContext()
  await addNetwork(context.database, chain.network)
  await sessions.put(context.database, session)
})
afterEach(() => chain.close())

async function journalled(change: Partial<OperationRow> = {}): Promise<OperationRow> {
  const charges = [{ cell: '0.value', amount: 4n, period: 0 }] as const
  const row = operationRow({ sessionId: session.id, charges, ...change })
  await operations.put(context.database, row)
  return row
}

async function state(id: string) {
  const row = await operations.get(context.database, id)
  const settled = await sessions.get(context.database, session.id)
  const usage = await countedUsage(context.database, settled ?? session)
  return {
    status: row?.status,
    settled: settled?.usage?.['0.value']?.used ?? 0n,
    counted: usage?.['0.value']?.used ?? 0n,
  }
}

test('behavior: a reservation that was never signed goes', async () => {
  const { id } = await journalled({ status: 'reserved' })
  expect(await recover(context)).toEqual([])
  expect(await state(id)).toEqual({ status: 'void', settled: 0n, counted: 0n })
  expect(chain.sent).toEqual([])
  expect(await listActivity(context.database, 5)).toEqual([])
})

test('behavior: an owner’s reservation stays until its deadline', async () => {
  const deadline = Math.floor(Date.now() / 1000) + 100
  const { id } = await journalled({ status: 'reserved', sessionId: null, deadline })
  chain.state.latest.timestamp = deadline - 50
  await recover(context)
  expect((await state(id)).status).toBe('reserved')
  await operations.put(context.database, operationRow({ id, status: 'reserved', deadline: deadline - 60 }))
  await recover(context)
  expect((await state(id)).status).toBe('void')
})

test('behavior: signed and not sent: the same bytes are sent, once a pass', async () => {
  const row = await journalled()
  const [open] = await recover(context)
  expect(open).toMatchObject({ id: row.id, status: 'sent' })
  await recover(context)
  expect(chain.sent).toEqual([row.userOp.signature, row.userOp.signature])
  expect(await state(row.id)).toEqual({ status: 'sent', settled: 0n, counted: 4n })
})

test('behavior: included meanwhile: settled once, whoever looks again', async () => {
  const row = await journalled({ status: 'sent' })
  chain.state.included = { row, success: true, blockNumber: 90n }
  expect(await recover(context)).toEqual([])
  await recover(context)
  expect((await settle(context, row.id)).transactionHash).toMatch(/^0x77/)
  expect(await state(row.id)).toEqual({ status: 'included', settled: 4n, counted: 4n })
  expect(await listActivity(context.database, 5)).toMatchObject([
    { status: 'included', gasUsed: 256n, fee: 512n, payer: 'account' },
  ])
})

test('behavior: calls that failed on chain are charged all the same', async () => {
  const row = await journalled({ status: 'sent' })
  chain.state.included = { row, success: false, blockNumber: 90n }
  await recover(context)
  expect(await state(row.id)).toEqual({ status: 'failed', settled: 4n, counted: 4n })
})

test('behavior: the bundler forgot or is down, the chain has it', async () => {
  for (const bundlerIsDown of [false, true]) {
    const row = await journalled({ status: 'sent', id: `${bundlerIsDown}` })
    Object.assign(chain.state, { bundlerKnows: false, bundlerIsDown, nonce: 1n })
    chain.state.included = { row, success: true, blockNumber: 90n }
    await recover(context)
    expect((await state(row.id)).status).toBe('included')
  }
})

test('behavior: "not found" before the deadline proves nothing', async () => {
  const row = await journalled({ status: 'sent' })
  chain.state.bundlerKnows = false
  chain.state.latest.timestamp = row.deadline
  await recover(context)
  expect(await state(row.id)).toEqual({ status: 'sent', settled: 0n, counted: 4n })
})

test('behavior: dead in the newest block, it keeps its limits until a final block shows it', async () => {
  const row = await journalled({ status: 'sent' })
  chain.state.latest.timestamp = row.deadline + 1
  expect(await recover(context)).toEqual([])
  expect(await state(row.id)).toEqual({ status: 'sent', settled: 0n, counted: 4n })
  // Nobody waits for it, and it is not sent again.
  expect(await settle(context, row.id)).toMatchObject({
    overdue: true,
    error: expect.stringContaining('deadline'),
  })
  expect(chain.sent).toEqual([])
  chain.state.finalTimestamp = row.deadline + 1
  await recover(context)
  expect(await state(row.id)).toEqual({ status: 'void', settled: 0n, counted: 0n })
})

test('behavior: a reorganisation may bring in what was overdue: charged once', async () => {
  const row = await journalled({ status: 'sent' })
  chain.state.latest.timestamp = row.deadline + 1
  await recover(context)
  chain.state.included = { row, success: true, blockNumber: 90n }
  await recover(context)
  expect(await state(row.id)).toEqual({ status: 'included', settled: 4n, counted: 4n })
  expect((await operations.get(context.database, row.id))?.overdue).toBeUndefined()
})

test('behavior: a node that knows no final block leaves the limits taken, and keeps nobody waiting', async () => {
  const row = await journalled({ status: 'sent' })
  chain.state.knowsFinal = false
  chain.state.latest.timestamp = row.deadline + 1_000_000
  await recover(context)
  await recover(context)
  expect(await state(row.id)).toEqual({ status: 'sent', settled: 0n, counted: 4n })
  expect((await settle(context, row.id)).overdue).toBe(true)
})

test('behavior: a nonce used by another counts when its block is final', async () => {
  const row = await journalled({ status: 'sent' })
  Object.assign(chain.state, { usedByOther: 95n, finalized: 94n })
  await recover(context)
  expect((await operations.get(context.database, row.id))?.overdue).toBe(true)
  expect(await state(row.id)).toEqual({ status: 'sent', settled: 0n, counted: 4n })
  chain.state.finalized = 95n
  await recover(context)
  expect(await state(row.id)).toEqual({ status: 'void', settled: 0n, counted: 0n })
})

test('behavior: a nonce that was used by nobody known is given a minute past the deadline', async () => {
  const row = await journalled({ status: 'sent' })
  chain.state.nonce = 1n
  for (const [after, status] of [
    [60, 'sent'],
    [61, 'void'],
  ] as const) {
    chain.state.latest.timestamp = chain.state.finalTimestamp = row.deadline + after
    await recover(context)
    expect((await state(row.id)).status).toBe(status)
  }
})

test('behavior: what a bundler refused is looked for, and never offered again', async () => {
  const row = await journalled({ rejected: { code: -32500, message: 'AA24' } })
  expect(await recover(context)).toEqual([])
  expect(chain.sent).toEqual([])
  chain.state.included = { row, success: true, blockNumber: 90n }
  await recover(context)
  expect(await state(row.id)).toEqual({ status: 'included', settled: 4n, counted: 4n })
})

test('behavior: a session whose creation is void has failed; a closed one stays closed', async () => {
  await sessions.put(context.database, { ...session, status: 'pending' })
  const creation = { sessionId: null, purpose: 'create-session', sessionIds: [session.id] } as const
  await journalled({ ...creation, charges: [] })
  chain.state.latest.timestamp = chain.state.finalTimestamp = 5_000
  await recover(context)
  expect((await sessions.get(context.database, session.id))?.status).toBe('failed')
})
