import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { operations, type OperationRow } from '@/lib/operation/row'
import { keepRecovering, minutesToFinality, minutesUnderWay, recoverAlarm } from '@/lib/rpc/recoverAlarm'
import { recoverOperations } from '@/lib/rpc/recoverOperations'
import { handleRequest } from '@/lib/rpc/router'
import { lockVaults } from '@/lib/session/vault'
import { fakeChain, type FakeChain } from '../operation/fakeChain'
import { operationRow } from '../operation/operationRow'
import { callerOf, connected, failure, shop, testRpc, withSession, type TestRpc } from './testRpc'

vi.mock('wxt/browser', async () => ({ browser: (await import('wxt/testing/fake-browser')).fakeBrowser }))

let chain: FakeChain
let context: TestRpc
beforeEach(async () => {
  fakeBrowser.reset()
  chain = await fakeChain()
  chain.state.latest = { number: 100n, timestamp: Math.floor(Date.now() / 1000) }
  context = await testRpc()
})
afterEach(() => chain.close())

const period = async () => (await fakeBrowser.alarms.get(recoverAlarm))?.periodInMinutes
const stored = async () => (await operations.getAll(context.database))[0] as OperationRow

test('behavior: an alarm that comes often enough is not set anew, one that comes too seldom is', async () => {
  await keepRecovering(minutesToFinality)
  const create = vi.spyOn(fakeBrowser.alarms, 'create')
  await keepRecovering(minutesToFinality)
  expect(create).not.toHaveBeenCalled()
  await keepRecovering(minutesUnderWay)
  await keepRecovering(minutesToFinality)
  expect(create).toHaveBeenCalledTimes(1)
  expect(await period()).toBe(minutesUnderWay)
})

test('behavior: the alarm stays while a block is not final, comes seldom for what is overdue, and goes', async () => {
  await connected(context, chain)
  await keepRecovering(minutesUnderWay)
  const failed = operationRow({ status: 'failed', blockNumber: 90n, settled: true, success: false })
  const row = { ...failed, transactionHash: `0x${'77'.repeat(32)}` } as const
  await operations.put(context.database, row)
  chain.state.included = { row, success: false, blockNumber: 90n }
  await recoverOperations(context)
  expect(await period()).toBe(minutesToFinality)
  await operations.put(
    context.database,
    operationRow({ id: row.id, status: 'sent', overdue: true, deadline: 950 }),
  )
  chain.state.included = null
  await recoverOperations(context)
  expect(await period()).toBe(minutesToFinality)
  chain.state.finalTimestamp = 1_000
  await recoverOperations(context)
  expect(await stored()).toMatchObject({ status: 'void' })
  expect(await period()).toBeUndefined()
})

async function send(id: string) {
  const { account } = await connected(context, chain)
  await withSession(context, account)
  const calls = [{ to: shop, value: '0x1' }]
  await handleRequest(context, callerOf(), 'wallet_sendCalls', [{ chainId: '0x7a69', calls, id }])
}

test('behavior: what only a final block can decide is pending for the site, and eth_sendTransaction says why', async () => {
  const { account } = await connected(context, chain)
  await withSession(context, account)
  const transaction = { from: account.address, to: shop, value: '0x1' }
  const sending = failure(handleRequest(context, callerOf(), 'eth_sendTransaction', [transaction]))
  await vi.waitFor(async () => expect((await stored()).status).toBe('sent'))
  chain.state.latest.timestamp += 301
  await recoverOperations(context)
  // The watcher looks at the chain itself every five seconds.
  const error = await sending
  expect(error).toMatchObject({ code: -32003, name: 'Rpc.OverdueError' })
  expect(error.message).toContain('Until a final block confirms that')
  expect(await stored()).toMatchObject({ status: 'sent', overdue: true })
}, 15_000)

test('behavior: a stuck operation is sent again at today’s price, with the same nonce; not while it is locked', async () => {
  await send('order')
  const first = await stored()
  chain.state.gasPrice = 30n
  await recoverOperations(context)
  expect((await stored()).others).toBeUndefined()
  await operations.put(context.database, { ...first, createdAt: Date.now() - 31_000 })
  await recoverOperations(context)
  const replaced = await stored()
  expect(replaced).toMatchObject({ nonce: first.nonce, others: [{ userOpHash: first.userOpHash }] })
  expect(chain.sent.at(-1)).toBe(replaced.userOp.signature)
  chain.state.gasPrice = 90n
  await lockVaults(context, { ephemeral: true })
  await recoverOperations(context)
  expect((await stored()).others).toHaveLength(1)
})
