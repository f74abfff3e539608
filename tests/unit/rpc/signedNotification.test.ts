import { afterEach, beforeEach, expect, test } from 'vitest'
import { noticeButtonClicked, noticeClicked } from '@/lib/rpc/noticeClicked'
import { noticePrefix } from '@/lib/rpc/notifyUser'
import { handleRequest } from '@/lib/rpc/router'
import { tellSigned } from '@/lib/rpc/signedNotification'
import { sessions } from '@/lib/session/sessions'
import { changeSettings } from '@/lib/settings/changeSettings'
import { operationRow } from '../operation/operationRow'
import { fakeChain, type FakeChain } from '../operation/fakeChain'
import { callerOf, connected, shop, testRpc, withSession } from './testRpc'

let chain: FakeChain
beforeEach(async () => {
  chain = await fakeChain()
  chain.state.latest = { number: 100n, timestamp: Math.floor(Date.now() / 1000) }
})
afterEach(() => chain.close())

async function wallet() {
  const context = await testRpc()
  const { account } = await connected(context, chain)
  const session = await withSession(context, account)
  const rows = [operationRow({ calls: [{ to: shop, value: 10n ** 18n, data: '0x' }] })]
  return { context, session, rows, id: `${noticePrefix}signed ${session.id}` }
}

test('behavior: what a session signs is handed on to be told, what the owner approves is not', async () => {
  const context = await testRpc()
  const { account } = await connected(context, chain)
  const session = await withSession(context, account)
  const told: unknown[] = []
  const signedNotices = { signed: (sessionId: unknown) => void told.push(sessionId) }
  const calls = [{ to: shop, value: '0x1' }]
  await handleRequest({ ...context, signedNotices }, callerOf(), 'wallet_sendCalls', [
    { chainId: '0x7a69', calls },
  ])
  expect(told).toEqual([session.id])
})

test('behavior: a notice says for which site what was signed, and offers to revoke', async () => {
  const { context, session, rows } = await wallet()
  await tellSigned(context, session.id, rows)
  await tellSigned(context, session.id, [...rows, ...rows])
  expect(context.notified).toEqual([
    {
      id: `signed ${session.id}`,
      title: 'Signed for orchard.example',
      message: 'Send 1 ETH to 0x0000…00D1. Within the limits of its session.',
      revokes: session.id,
    },
    expect.objectContaining({
      message: '2 transactions within the limits of its session. The last: Send 1 ETH to 0x0000…00D1.',
    }),
  ])
})

test('behavior: who does not want to be told is not', async () => {
  const { context, session, rows } = await wallet()
  await changeSettings(context.database, { notices: { signed: false, sessions: true } })
  await tellSigned(context, session.id, rows)
  expect(context.notified).toEqual([])
})

test('behavior: "Revoke" on a notice deletes the key at once and asks to close the session on chain', async () => {
  const { context, session, id } = await wallet()
  await noticeButtonClicked(context, id)
  expect(await sessions.get(context.database, session.id)).toMatchObject({ status: 'closing' })
  expect((await sessions.get(context.database, session.id))?.sealedKey).toBeUndefined()
  const [approval] = context.approvals.open()
  expect(approval?.request).toEqual({ kind: 'revoke', sessionIds: [session.id] })
  expect(context.shown).toEqual([approval?.id])
})

test('behavior: a notice of a session that is closed shows the list; a click beside the button shows more', async () => {
  const { context, session, id } = await wallet()
  await sessions.put(context.database, { ...session, status: 'closed' })
  await noticeButtonClicked(context, id)
  await noticeButtonClicked(context, `${noticePrefix}session low ${session.id}`)
  await noticeClicked(context, id)
  await noticeClicked(context, `${noticePrefix}session low ${session.id}`)
  expect(context.pages).toEqual(['#/sessions', '#/sessions', '#/activity', '#/sessions'])
  expect(context.approvals.open()).toEqual([])
})
