import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { operations } from '@/lib/operation/row'
import { approvalWiden } from '@/lib/rpc/commands/approvalWiden'
import { renew } from '@/lib/rpc/commands/renew'
import { endApproval } from '@/lib/rpc/endApproval'
import { noticeSessions } from '@/lib/rpc/noticeSessions'
import { handleRequest } from '@/lib/rpc/router'
import { sessions } from '@/lib/session/sessions'
import { fakeChain, type FakeChain } from '../operation/fakeChain'
import {
  callerOf,
  connected,
  failure,
  looseKeys,
  origin,
  settled,
  shop,
  testRpc,
  waiting,
  withSession,
} from './testRpc'

let chain: FakeChain
beforeEach(async () => {
  chain = await fakeChain()
  chain.state.latest = { number: 100n, timestamp: Math.floor(Date.now() / 1000) }
})
afterEach(() => chain.close())

async function site() {
  const context = await testRpc()
  const { account } = await connected(context, chain)
  const session = await withSession(context, account)
  const send = (value: string, caller = callerOf()) =>
    handleRequest(context, caller, 'wallet_sendCalls', [{ chainId: '0x7a69', calls: [{ to: shop, value }] }])
  return { context, account, session, send }
}

test('behavior: of several sessions that allow a call, the narrowest signs', async () => {
  const { context, account, session, send } = await site()
  const second = await withSession(context, account)
  await sessions.put(context.database, { ...second, usage: { '0.value': { used: 5n, period: 0 } } })
  await send('0x1')
  await send('0x7')
  expect((await operations.getAll(context.database)).map(({ sessionId }) => sessionId).sort()).toEqual(
    [second.id, session.id].sort(),
  )
})

test('behavior: a call waits for a session that is on its way, and is signed when it is there', async () => {
  const { context, session, send } = await site()
  await sessions.put(context.database, { ...session, status: 'pending' })
  const sending = send('0x1')
  await settled()
  expect(await operations.getAll(context.database)).toEqual([])
  await sessions.put(context.database, session)
  expect(await sending).toHaveProperty('id')
  expect(context.shown).toEqual([])
})

test('behavior: after 60 s the owner is asked instead, with the reason', async () => {
  const { context, session, send } = await site()
  await sessions.put(context.database, { ...session, status: 'pending' })
  const patience: number[] = []
  const { setTimeout: real } = globalThis
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, ms = 0) => {
    if (ms >= 60_000) patience.push(ms)
    return real(run, ms >= 60_000 ? 200 : ms)
    // The overloads of timers are Node's own.
  }) as typeof setTimeout)
  const refused = failure(send('0x1'))
  await waiting(context)
  vi.restoreAllMocks()
  const [approval] = context.approvals.open()
  expect(patience).toEqual([60_000])
  expect(approval?.request).toMatchObject({ refusal: { rule: 'SessionNotActive', status: 'pending' } })
  expect(await operations.getAll(context.database)).toEqual([])
  await endApproval(context, approval?.id ?? '', { kind: 'rejected' })
  expect(await refused).toMatchObject({ code: 4001 })
})

test('behavior: 80 %, the end and a revocation are told once, to the site and to the owner', async () => {
  const { context, session } = await site()
  await noticeSessions(context)
  expect(context.emitted).toEqual([])
  await sessions.put(context.database, { ...session, usage: { '0.value': { used: 8n, period: 0 } } })
  await Promise.all([noticeSessions(context), noticeSessions(context)])
  const low = context.emitted.map(([to, event, data]) => [to, event, (data as { type: string }).type])
  expect(low).toEqual([[origin, 'message', 'session_low']])
  expect(context.notified).toMatchObject([{ id: `session low ${session.id}` }])
  const later = await testRpc(context.database.name, context.memory)
  await noticeSessions(later)
  expect(later.emitted).toEqual([])
  const row = await sessions.get(later.database, session.id)
  if (row === undefined) throw new Error('no session')
  await sessions.put(later.database, { ...row, status: 'closing', endedAt: 1 })
  await noticeSessions(later)
  expect(later.emitted).toMatchObject([
    [origin, 'message', { type: 'session_revoked', data: { id: row.id } }],
  ])
  expect(later.notified).toEqual([])
  await sessions.put(later.database, { ...row, told: ['low', 'revoked'], status: 'closed', endedAt: 1 })
  await noticeSessions(later)
  expect(later.emitted).toHaveLength(1)
  expect(later.notified).toMatchObject([{ message: expect.stringContaining('A copied key is useless now.') }])
})

test('behavior: a session of a site that is not connected any more is not told to it', async () => {
  const { context, session } = await site()
  await handleRequest(context, callerOf(), 'wallet_disconnect', [])
  context.emitted.length = 0
  await sessions.put(context.database, { ...session, status: 'closing', endedAt: 1 })
  await noticeSessions(context)
  expect(context.emitted).toEqual([])
})

test('behavior: renewing asks for the same terms with a new key, and revokes the old session where it is open', async () => {
  const { context, session } = await site()
  const { approvalId } = (await renew.run(context, { sessionId: session.id })) as { approvalId: string }
  const request = context.approvals.get(approvalId)?.request
  if (request?.kind !== 'session') throw new Error('no session is asked for')
  expect(request).toMatchObject({ replacesIds: [session.id], successor: { of: session.id, how: 'renew' } })
  expect(request.spec.signer).not.toBe(session.spec.signer.toLowerCase())
  expect({ ...request.spec, signer: '', expiresAt: 0 }).toEqual({ ...session.spec, signer: '', expiresAt: 0 })
  expect(await renew.run(context, { sessionId: session.id })).toEqual({ approvalId })
  expect(looseKeys(context)).toEqual([`session-key:${request.spec.signer}`])
  await endApproval(context, approvalId, { kind: 'rejected' })
  expect(looseKeys(context)).toEqual([])
  chain.state.session = { status: 2, used: {} }
  const again = (await renew.run(context, { sessionId: session.id })) as { approvalId: string }
  expect(context.approvals.get(again.approvalId)?.request).toMatchObject({ replacesIds: [] })
})

test('behavior: looking at the wider session and back leaves the request, and no key; rejected there it is 4001', async () => {
  const { context, session, send } = await site()
  const sending = failure(send('0xb'))
  await waiting(context)
  const [approval] = context.approvals.open()
  const id = approval?.id ?? ''
  expect(approval?.request).toMatchObject({ widening: { how: 'widen', of: session.id } })
  await approvalWiden.run(context, { id, widen: true })
  expect(context.approvals.get(id)?.request).toMatchObject({ kind: 'session', successor: { how: 'widen' } })
  expect(looseKeys(context)).toHaveLength(1)
  await approvalWiden.run(context, { id, widen: false })
  expect(context.approvals.get(id)?.request).toEqual(approval?.request)
  expect(looseKeys(context)).toEqual([])
  await approvalWiden.run(context, { id, widen: true })
  await endApproval(context, id, { kind: 'rejected' })
  expect(await sending).toMatchObject({ code: 4001, data: { refusal: { rule: 'MaxValueExceeded' } } })
  expect(looseKeys(context)).toEqual([])
})
