import { afterEach, beforeEach, expect, test } from 'vitest'
import { addNetwork } from '@/lib/chains/networks'
import { finalise } from '@/lib/operation/finalise'
import { recover } from '@/lib/operation/recover'
import { operations, type OperationRow } from '@/lib/operation/row'
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

test('behavior: final after its block is; a reorganisation makes it pending again, charged once', async () => {
  const row = await journalled({ status: 'sent' })
  chain.state.included = { row, success: true, blockNumber: 90n }
  await recover(context)
  chain.state.included = null
  chain.state.finalized = 95n
  await recover(context)
  expect(await state(row.id)).toEqual({ status: 'sent', settled: 0n, counted: 4n })
  // A page may have been told of the transaction that is gone.
  expect((await operations.get(context.database, row.id))?.formerHashes).toEqual([`0x${'77'.repeat(32)}`])
  chain.state.included = { row, success: true, blockNumber: 94n }
  await recover(context)
  await recover(context)
  expect(await state(row.id)).toEqual({ status: 'final', settled: 4n, counted: 4n })
})

test('behavior: a reorganisation is noticed before the block is final; dead after it, its charges are free', async () => {
  const row = await journalled({ status: 'sent' })
  chain.state.included = { row, success: true, blockNumber: 90n }
  await recover(context)
  chain.state.included = null
  await recover(context)
  expect(await state(row.id)).toEqual({ status: 'sent', settled: 0n, counted: 4n })
  chain.state.latest.timestamp = chain.state.finalTimestamp = row.deadline + 1
  await recover(context)
  expect(await state(row.id)).toEqual({ status: 'void', settled: 0n, counted: 0n })
})

test('behavior: a failed operation that a reorganisation took away may succeed yet, charged once', async () => {
  const row = await journalled({ status: 'sent' })
  chain.state.included = { row, success: false, blockNumber: 90n }
  await recover(context)
  chain.state.included = null
  await recover(context)
  expect((await state(row.id)).status).toBe('sent')
  chain.state.included = { row, success: true, blockNumber: 91n }
  await recover(context)
  expect(await state(row.id)).toEqual({ status: 'included', settled: 4n, counted: 4n })
})

test('behavior: a reorganisation takes back what an operation did to sessions', async () => {
  for (const [purpose, before, included, undone] of [
    ['create-session', 'pending', 'active', 'pending'],
    ['revoke', 'closing', 'closed', 'closing'],
  ] as const) {
    await sessions.put(context.database, { ...session, status: before })
    const row = await journalled({ sessionId: null, purpose, sessionIds: [session.id], charges: [] })
    chain.state.included = { row, success: true, blockNumber: 90n }
    await recover(context)
    expect((await sessions.get(context.database, session.id))?.status).toBe(included)
    chain.state.included = null
    await recover(context)
    expect((await sessions.get(context.database, session.id))?.status).toBe(undone)
    await operations.put(context.database, { ...row, status: 'void' })
  }
})

test('behavior: the same bundle in a later block may end otherwise', async () => {
  await sessions.put(context.database, { ...session, status: 'pending' })
  const creation = { purpose: 'create-session', sessionIds: [session.id], status: 'sent' } as const
  const row = await journalled(creation)
  chain.state.included = { row, success: true, blockNumber: 90n }
  await recover(context)
  expect((await sessions.get(context.database, session.id))?.status).toBe('active')
  chain.state.included = { row, success: false, blockNumber: 91n }
  await recover(context)
  expect(await state(row.id)).toEqual({ status: 'failed', settled: 4n, counted: 4n })
  expect((await sessions.get(context.database, session.id))?.status).toBe('failed')
})

test('behavior: a bundle that stands reverted has not included the operation', async () => {
  const row = await journalled({ status: 'sent' })
  chain.state.included = { row, success: true, blockNumber: 90n }
  await recover(context)
  chain.state.bundleReverted = true
  chain.state.finalized = 95n
  await finalise(context)
  expect(await state(row.id)).toEqual({ status: 'sent', settled: 0n, counted: 4n })
})

test('behavior: after a reorganisation a bundler’s old receipt proves nothing, and the bytes are sent again', async () => {
  const row = await journalled({ status: 'sent' })
  chain.state.included = { row, success: true, blockNumber: 90n }
  await recover(context)
  const remembered = chain.bundler.methods['eth_getUserOperationReceipt']?.([])
  chain.bundler.methods['eth_getUserOperationReceipt'] = () => remembered
  chain.state.included = null
  await recover(context)
  await recover(context)
  expect(await state(row.id)).toEqual({ status: 'sent', settled: 0n, counted: 4n })
  expect(chain.sent).toEqual([row.userOp.signature, row.userOp.signature])
})

test('behavior: a node that is behind does not undo what a further one has seen', async () => {
  const row = await journalled({ status: 'sent' })
  chain.state.included = { row, success: true, blockNumber: 90n }
  await recover(context)
  chain.state.included = null
  chain.state.latest.number = 89n
  await recover(context)
  expect((await state(row.id)).status).toBe('included')
})
