import { afterEach, beforeEach, expect, test } from 'vitest'
import { operations } from '@/lib/operation/row'
import { handleCommand } from '@/lib/rpc/commandRouter'
import { endApproval } from '@/lib/rpc/endApproval'
import { abandonRequest } from '@/lib/rpc/abandonRequest'
import { reopenUnsigned } from '@/lib/rpc/reopenUnsigned'
import { handleRequest } from '@/lib/rpc/router'
import { fromWire, type Wire } from '@/lib/messaging/wire'
import type { Ceremony, Commands } from '@/lib/messaging/popup'
import { sessions } from '@/lib/session/sessions'
import { fakeChain, type FakeChain } from '../operation/fakeChain'
import {
  callerOf,
  connected,
  failure,
  looseKeys,
  prf,
  settled,
  shop,
  testRpc,
  waiting,
  type TestRpc,
} from './testRpc'

let chain: FakeChain
beforeEach(async () => {
  chain = await fakeChain()
  chain.state.latest = { number: 100n, timestamp: Math.floor(Date.now() / 1000) }
})
afterEach(() => chain.close())

async function command<name extends keyof Commands>(context: TestRpc, name: name, input: Commands[name][0]) {
  const answer = await handleCommand(context, { type: 'latchkey:command', name, input })
  return answer.ok ? fromWire<Commands[name][1]>(answer.output as Wire) : answer.error
}

const sessionPreferences = { transfers: [{ to: shop, maxValuePerUse: '0xa', valueLimit: '0xa' }] }

/** The test site asked, and the approval is ready for the owner. */
async function asked(method: string, params: unknown) {
  const context = await testRpc()
  const { owner } = await connected(context, chain)
  const caller = callerOf()
  const answer = handleRequest(context, caller, method, params)
  answer.catch(() => undefined)
  await waiting(context)
  const id = context.approvals.open()[0]?.id ?? ''
  await context.desk.settled(id)
  const rows = () => operations.getAll(context.database)
  const assertion = (ceremony: Ceremony) => ({
    credentialId: owner.passkey.credentialId,
    ...owner.assert(ceremony.challenge),
    prf,
  })
  const start = async () => (await command(context, 'approvalStart', { id })) as Ceremony
  return { context, caller, answer, id, rows, start, assertion }
}

const transaction = () => asked('eth_sendTransaction', [{ to: shop, value: '0x5' }])

test('behavior: an assertion is used once', async () => {
  const { context, id, start, assertion, rows } = await transaction()
  const given = assertion(await start())
  expect(await command(context, 'approvalFinish', { id, assertion: given })).toBeNull()
  expect(await command(context, 'approvalFinish', { id, assertion: given })).toHaveProperty('message')
  await settled()
  expect(await rows()).toMatchObject([{ status: 'sent' }])
  expect(chain.sent).toHaveLength(1)
})

test('behavior: two clicks in the same moment freeze one operation', async () => {
  const { start, rows, context, id, assertion } = await transaction()
  const [, second] = await Promise.all([start(), start()])
  expect((await rows()).map(({ status }) => status).sort()).toEqual(['reserved', 'void'])
  expect(await command(context, 'approvalFinish', { id, assertion: assertion(second) })).toBeNull()
})

test('behavior: rejecting while the authenticator waits gives the lane back, and the late answer is nobody’s', async () => {
  const { context, id, start, assertion, rows, answer } = await transaction()
  const ceremony = await start()
  await command(context, 'approvalReject', { id })
  expect(await failure(answer)).toMatchObject({ code: 4001 })
  expect(await rows()).toMatchObject([{ status: 'void' }])
  expect(await command(context, 'approvalFinish', { id, assertion: assertion(ceremony) })).toMatchObject({
    code: 4900,
  })
  expect(chain.sent).toEqual([])
  expect([...context.memory.content.keys()].filter((key) => key.startsWith('frozen:'))).toEqual([])
})

test('behavior: a window closed while the answer is taken in changes nothing: the operation proceeds', async () => {
  const { context, id, start, assertion, rows } = await asked('eth_requestAccounts', [{ sessionPreferences }])
  const finishing = command(context, 'approvalFinish', { id, assertion: assertion(await start()) })
  while (context.approvals.get(id)?.operationId === undefined) await new Promise((go) => setTimeout(go))
  for (const approval of context.approvals.open())
    if (approval.operationId === undefined) await endApproval(context, approval.id, { kind: 'rejected' })
  expect(await finishing).toBeNull()
  await settled()
  expect(await rows()).toMatchObject([{ status: 'sent', purpose: 'create-session' }])
  expect(await sessions.getAll(context.database)).toMatchObject([{ status: 'pending' }])
  expect(looseKeys(context)).toEqual([])
})

test('error: an answer that does not fit leaves the approval open, and no session, key or lane', async () => {
  const { context, id, start, assertion, rows } = await asked('eth_requestAccounts', [{ sessionPreferences }])
  const ceremony = await start()
  const wrong = assertion({ ...ceremony, challenge: `0x${'77'.repeat(32)}` })
  expect(await command(context, 'approvalFinish', { id, assertion: wrong })).toHaveProperty('message')
  expect(context.approvals.open()).toMatchObject([{ id }])
  expect(context.approvals.get(id)?.operationId).toBeUndefined()
  expect(await rows()).toMatchObject([{ status: 'void' }])
  expect(await sessions.getAll(context.database)).toEqual([])
  expect(looseKeys(context)).toHaveLength(1)
  expect(await command(context, 'approvalFinish', { id, assertion: assertion(await start()) })).toBeNull()
})

test('behavior: a worker that stopped before the signature asks again; after it, it does not', async () => {
  const { context, id, start, assertion } = await transaction()
  const ceremony = await start()
  const [row] = await operations.getAll(context.database)
  const operationId = row?.id ?? ''
  await context.approvals.update(id, { operationId })
  expect(await reopenUnsigned(context, id, operationId)).toBe(true)
  expect(context.approvals.get(id)?.operationId).toBeUndefined()
  expect(await command(context, 'approvalFinish', { id, assertion: assertion(ceremony) })).toHaveProperty(
    'message',
  )
  expect(await command(context, 'approvalFinish', { id, assertion: assertion(await start()) })).toBeNull()
  const signed = context.approvals.get(id)?.operationId ?? ''
  expect(signed).not.toBe('')
  expect(await reopenUnsigned(context, id, signed)).toBe(false)
})

test('behavior: "Lock" ends a session approval, whose key is in memory only', async () => {
  const { context, answer } = await asked('eth_requestAccounts', [{ sessionPreferences }])
  await command(context, 'lock', null)
  expect(await failure(answer)).toMatchObject({ code: 4001 })
  expect(looseKeys(context)).toEqual([])
})

test('behavior: a document that is gone takes its request with it, and not that of another', async () => {
  const { context, caller, answer } = await asked('eth_requestAccounts', [{ sessionPreferences }])
  const other = handleRequest(context, callerOf(), 'eth_requestAccounts', [{ sessionPreferences }])
  other.catch(() => undefined)
  await waiting(context, 2)
  await abandonRequest(context, caller.requestId)
  expect(context.approvals.open()).toHaveLength(1)
  const [{ requestIds } = { requestIds: [] }] = context.approvals.open()
  await abandonRequest(context, requestIds[0] ?? '')
  expect(context.approvals.open()).toEqual([])
  expect(looseKeys(context)).toEqual([])
  expect(await failure(answer)).toMatchObject({ code: 4001 })
})

test('behavior: once it is signed, a document that is gone takes nothing with it', async () => {
  const { context, caller, id, start, assertion, rows } = await transaction()
  await command(context, 'approvalFinish', { id, assertion: assertion(await start()) })
  await abandonRequest(context, caller.requestId)
  await settled()
  expect(await rows()).toMatchObject([{ status: 'sent' }])
})

test('error: a bundler that is down is said in the window, and a second try works', async () => {
  const { eth_estimateUserOperationGas: estimate, ...others } = chain.bundler.methods
  if (estimate === undefined) throw new Error('the fake bundler estimates')
  Object.assign(chain.bundler.methods, others, { eth_estimateUserOperationGas: undefined })
  const { context, id, rows } = await transaction()
  expect(context.desk.state(id)?.phase).toMatchObject({ phase: 'error', canRetry: true })
  expect(await command(context, 'approvalStart', { id })).toHaveProperty('message')
  expect(await rows()).toEqual([])
  Object.assign(chain.bundler.methods, { eth_estimateUserOperationGas: estimate })
  await command(context, 'approvalRetry', { id })
  expect(context.desk.state(id)?.phase).toMatchObject({ phase: 'ready' })
})
