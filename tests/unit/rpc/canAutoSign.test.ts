import { afterEach, beforeEach, expect, test } from 'vitest'
import { connections } from '@/lib/connection/connections'
import { operations } from '@/lib/operation/row'
import { handleRequest } from '@/lib/rpc/router'
import { sessions } from '@/lib/session/sessions'
import { lockVaults } from '@/lib/session/vault'
import { noGuards } from '@/lib/policy/guards'
import { changeSettings } from '@/lib/settings/changeSettings'
import { fakeChain, type FakeChain } from '../operation/fakeChain'
import { callerOf, connected, failure, shop, testRpc, withSession } from './testRpc'

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
  const { account, connection } = await connected(context, chain)
  const session = await withSession(context, account)
  const foresee = (calls: object[], more: object = {}, caller = callerOf()) =>
    handleRequest(context, caller, 'wallet_canAutoSign', [{ calls, ...more }])
  return { context, connection, session, foresee }
}

test('behavior: calls within the session would sign themselves; nothing is signed, reserved or asked', async () => {
  const { context, foresee, session } = await site()
  expect(await foresee([within], { chainId: '0x7a69' })).toEqual({ autoSign: true, sessionId: session.id })
  expect(await operations.getAll(context.database)).toEqual([])
  expect(context.shown).toEqual([])
  expect(chain.sent).toEqual([])
})

test('behavior: what is outside comes with the rule that sending it fails by, bigints as hex', async () => {
  const { context, foresee, session } = await site()
  const answer = await foresee([within, beyond])
  expect(answer).toMatchObject({ autoSign: false, reason: 'refused', sessionId: session.id })
  const sent = await failure(
    handleRequest(context, callerOf(), 'wallet_sendCalls', [
      { chainId: '0x7a69', calls: [within, beyond], capabilities: { sessionOnly: {} } },
    ]),
  )
  expect(answer).toMatchObject(sent.data as object)
  expect(answer).toMatchObject({ refusal: { rule: 'MaxValueExceeded', value: '0xb' } })
})

test('behavior: a locked session is told apart, and so is one that is paused or ended', async () => {
  const { context, foresee, session } = await site()
  await lockVaults(context, { ephemeral: false })
  expect(await foresee([within])).toEqual({ autoSign: false, reason: 'locked', sessionId: session.id })
  await sessions.put(context.database, { ...session, status: 'paused' })
  expect(await foresee([within])).toMatchObject({ refusal: { rule: 'SessionNotActive', status: 'paused' } })
  await sessions.put(context.database, { ...session, status: 'closed' })
  expect(await foresee([within])).toEqual({
    autoSign: false,
    reason: 'no-session',
    refusal: { rule: 'SessionNotActive', status: 'closed' },
  })
})

test('behavior: a frame in another site gets no promise', async () => {
  const { foresee } = await site()
  const caller = callerOf({ frameId: 2, topOrigin: 'https://evil.example' })
  expect(await foresee([within], {}, caller)).toEqual({ autoSign: false, reason: 'frame' })
})

test('behavior: another origin learns nothing of the session, connected or not', async () => {
  const { context, connection, foresee } = await site()
  const caller = callerOf({ origin: 'https://other.example' })
  expect(await failure(foresee([within], {}, caller))).toMatchObject({ code: 4100 })
  await connections.put(context.database, { ...connection, origin: caller.origin })
  expect(await foresee([within], {}, caller)).toEqual({ autoSign: false, reason: 'no-session' })
})

test('behavior: the limits of the user for all sites are no part of the answer, which would tell of other sites', async () => {
  const { context, foresee, session } = await site()
  const daily = [{ chainId: 31_337, asset: 'native', limit: 1n }] as const
  await changeSettings(context.database, { guards: { ...noGuards, daily } })
  const call = { to: shop, value: '0x2' }
  expect(await foresee([call])).toEqual({ autoSign: true, sessionId: session.id })
  const sending = handleRequest(context, callerOf(), 'wallet_sendCalls', [
    { chainId: '0x7a69', calls: [call], capabilities: { sessionOnly: {} } },
  ])
  expect(await failure(sending)).toMatchObject({ data: { refusal: { rule: 'GuardDailyCeiling' } } })
})

test('error: another chain is 5710, a foreign sender 4100, no calls -32602', async () => {
  const { foresee } = await site()
  expect(await failure(foresee([within], { chainId: '0x1' }))).toMatchObject({ code: 5710 })
  expect(await failure(foresee([within], { from: shop }))).toMatchObject({ code: 4100 })
  expect(await failure(foresee([]))).toMatchObject({ code: -32602 })
})
