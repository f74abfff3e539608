import { afterEach, beforeEach, expect, test } from 'vitest'
import { operations } from '@/lib/operation/row'
import { handleRequest } from '@/lib/rpc/router'
import { disconnectSite } from '@/lib/rpc/disconnectSite'
import { endApproval } from '@/lib/rpc/endApproval'
import { sessions } from '@/lib/session/sessions'
import { openVault } from '@/lib/session/openVault'
import { lockVaults } from '@/lib/session/vault'
import { fakeChain, type FakeChain } from '../operation/fakeChain'
import { callerOf, connected, failure, prf, shop, testRpc, waiting, withSession } from './testRpc'

let chain: FakeChain
beforeEach(async () => {
  chain = await fakeChain()
  chain.state.latest = { number: 100n, timestamp: Math.floor(Date.now() / 1000) }
})
afterEach(() => chain.close())

const within = { to: shop, value: '0x1' }
const beyond = { to: shop, value: '0xb' }

async function site() {
  const context = await testRpc()
  const { account } = await connected(context, chain)
  const session = await withSession(context, account)
  const send = (call: object, capabilities: object = {}, more: object = {}, caller = callerOf()) =>
    handleRequest(context, caller, 'wallet_sendCalls', [
      { chainId: '0x7a69', calls: [call], capabilities, ...more },
    ]) as Promise<{ id: string }>
  const rows = () => operations.getAll(context.database)
  return { context, account, session, send, rows }
}

test('behavior: calls within the session are signed and sent without a question', async () => {
  const { context, send, rows, session } = await site()
  const caller = callerOf()
  expect(await send(within, {}, {}, caller)).toEqual({ id: caller.requestId })
  expect(context.shown).toEqual([])
  expect(await rows()).toMatchObject([{ sessionId: session.id, status: 'sent', calls: [{ value: 1n }] }])
  expect(chain.sent).toHaveLength(1)
})

test('behavior: the same request run again, as after a restart, sends nothing twice', async () => {
  const { send, rows } = await site()
  const caller = callerOf()
  await send(within, {}, {}, caller)
  await send(within, {}, {}, caller)
  expect(await rows()).toHaveLength(1)
  expect(chain.sent).toHaveLength(1)
})

test('behavior: two equal requests are two operations', async () => {
  const { send, rows } = await site()
  await Promise.all([send(within), send(within)])
  expect(await rows()).toHaveLength(2)
})

test('behavior: a frame in another site asks the owner', async () => {
  const { context, send, rows } = await site()
  const caller = callerOf({ frameId: 4, topOrigin: 'https://evil.example' })
  const sending = failure(send(within, {}, {}, caller))
  await waiting(context)
  const [approval] = context.approvals.open()
  expect(approval).toMatchObject({ topOrigin: 'https://evil.example', request: { kind: 'transaction' } })
  await endApproval(context, approval?.id ?? '', { kind: 'rejected' })
  expect(await sending).toMatchObject({ code: 4001 })
  expect(await rows()).toEqual([])
})

test('behavior: locked, it asks for an unlock first, then the session signs', async () => {
  const { context, account, send } = await site()
  await lockVaults(context, { ephemeral: false })
  const sending = send(within)
  await waiting(context)
  const [unlock] = context.approvals.open()
  expect(unlock?.request).toEqual({ kind: 'unlock', sessions: 1 })
  const [{ credentialId }] = account.passkeys
  await openVault(context, { account: account.address, credentialId, prf })
  await endApproval(context, unlock?.id ?? '', { kind: 'approved', operationId: null })
  expect(await sending).toHaveProperty('id')
})

test('error: a site that was disconnected while it waited for the unlock gets nothing signed', async () => {
  const { context, account, send, rows } = await site()
  await lockVaults(context, { ephemeral: false })
  const sending = failure(send(within))
  await waiting(context)
  const [unlock] = context.approvals.open()
  await disconnectSite(context, callerOf().origin)
  const [{ credentialId }] = account.passkeys
  await openVault(context, { account: account.address, credentialId, prf })
  await endApproval(context, unlock?.id ?? '', { kind: 'approved', operationId: null })
  expect(await sending).toMatchObject({ code: 4100 })
  expect(await rows()).toEqual([])
})

test('behavior: what no session allows is shown with the rule; rejecting it is 4001 with the rule', async () => {
  const { context, send, rows, session } = await site()
  const sending = failure(send(beyond))
  await waiting(context)
  const [approval] = context.approvals.open()
  expect(approval?.request).toMatchObject({
    kind: 'transaction',
    refusal: { rule: 'MaxValueExceeded' },
    sessionId: session.id,
  })
  await endApproval(context, approval?.id ?? '', { kind: 'rejected' })
  expect(await sending).toMatchObject({ code: 4001, data: { refusal: { rule: 'MaxValueExceeded' } } })
  expect(await rows()).toEqual([])
})

test('behavior: disconnecting the site ends what it asked', async () => {
  const { context, send } = await site()
  const sending = failure(send(beyond))
  await waiting(context)
  await disconnectSite(context, callerOf().origin)
  expect(await sending).toMatchObject({ code: 4001 })
  expect(context.approvals.open()).toEqual([])
})

test('error: `sessionOnly` never asks: the rule, the lock, and an empty account', async () => {
  const { context, send, rows } = await site()
  const only = { sessionOnly: {} }
  expect(await failure(send(beyond, only))).toMatchObject({
    code: 4100,
    data: { refusal: { rule: 'MaxValueExceeded' } },
  })
  chain.state.balance = 0n
  expect(await failure(send(within, only))).toMatchObject({
    code: -32003,
    message: expect.stringContaining('fee'),
  })
  await lockVaults(context, { ephemeral: false })
  expect(await failure(send(within, only))).toMatchObject({
    code: 4100,
    data: { refusal: { rule: 'SessionNotActive', status: 'locked' } },
  })
  expect(context.approvals.open()).toEqual([])
  expect(await rows()).toEqual([])
})

test('behavior: what the session allows and nobody pays for is shown with the reason', async () => {
  const { context, send } = await site()
  chain.state.balance = 0n
  const sending = failure(send(within))
  await waiting(context)
  const [approval] = context.approvals.open()
  expect(approval?.request).toMatchObject({
    refusal: null,
    unpaid: { reason: 'needs-funds', balance: 0n, required: expect.any(BigInt) },
  })
  await endApproval(context, approval?.id ?? '', { kind: 'rejected' })
  expect(await sending).toMatchObject({ code: 4001 })
})

test('behavior: a sponsor that would pay and that the session shuts out is a rule, and can be let in', async () => {
  const { context, send, session } = await site()
  chain.state.balance = 1n
  const paymaster = '0x00000000000000000000000000000000000000f5'
  await sessions.put(context.database, { ...session, sponsor: { paymaster, paymasterData: '0x' } })
  const sending = failure(send(within))
  await waiting(context)
  const [approval] = context.approvals.open()
  expect(approval?.request).toMatchObject({
    refusal: { rule: 'PaymasterNotAllowed', paymaster },
    sessionId: session.id,
    widening: { how: 'widen', spec: { paymaster: { mode: 'Listed', paymaster } } },
    unpaid: undefined,
  })
  await endApproval(context, approval?.id ?? '', { kind: 'rejected' })
  expect(await sending).toMatchObject({ data: { refusal: { rule: 'PaymasterNotAllowed' } } })
})

test('error: a name is used once, also by two requests in the same moment', async () => {
  const { send, rows } = await site()
  const named = { id: 'order-1' }
  const ends = await Promise.allSettled([send(within, {}, named), send(within, {}, named)])
  expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await failure(send(within, {}, named))).toMatchObject({ code: 5720 })
  expect(await rows()).toHaveLength(1)
})

test('behavior: a name is free again when nothing came of it', async () => {
  const { context, send } = await site()
  const named = { id: 'order-2' }
  expect(await failure(send(beyond, { sessionOnly: {} }, named))).toMatchObject({ code: 4100 })
  expect([...context.memory.content.keys()].filter((key) => key.startsWith('calls:'))).toEqual([])
  expect(await send(within, {}, named)).toEqual({ id: 'order-2' })
})

test('error: a bundler that is down: 4901 that names it, nothing reserved; once it is back the next one works', async () => {
  const { context, send, rows } = await site()
  const { eth_estimateUserOperationGas: estimate } = chain.bundler.methods
  await chain.bundler.close()
  expect(await failure(send(within))).toMatchObject({
    code: 4901,
    message: expect.stringContaining('bundler'),
  })
  expect(await rows()).toEqual([])
  expect(context.approvals.open()).toEqual([])
  expect(estimate).toBeDefined()
})

test('error: the status of calls that the site never sent is 5730, also of those of another site', async () => {
  const { context, send } = await site()
  const { id } = await send(within)
  const status = (name: string) => handleRequest(context, callerOf(), 'wallet_getCallsStatus', [name])
  expect(await status(id)).toMatchObject({ id, status: 100 })
  expect(await failure(status('other'))).toMatchObject({ code: 5730 })
  const other = callerOf({ origin: 'https://other.example' })
  expect(await failure(handleRequest(context, other, 'wallet_getCallsStatus', [id]))).toMatchObject({
    code: 4100,
  })
})
