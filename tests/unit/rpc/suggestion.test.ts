import { afterEach, beforeEach, expect, test } from 'vitest'
import { recordActivity, type ActivityRow } from '@/lib/activity/activity'
import { putToken } from '@/lib/assets/tokens'
import type { SuggestionView } from '@/lib/messaging/suggestionView'
import type { Coverage } from '@/lib/policy/coverage'
import type { SessionSpec } from '@/lib/policy/spec'
import { approvalNarrow } from '@/lib/rpc/commands/approvalNarrow'
import { approvalSuggest } from '@/lib/rpc/commands/approvalSuggest'
import { approvalWiden } from '@/lib/rpc/commands/approvalWiden'
import { coverage } from '@/lib/rpc/commands/coverage'
import { declineSuggestion } from '@/lib/rpc/commands/declineSuggestion'
import { suggestion } from '@/lib/rpc/commands/suggestion'
import { endApproval } from '@/lib/rpc/endApproval'
import { handleRequest } from '@/lib/rpc/router'
import { transact } from '@/lib/storage/transact'
import { fakeChain, type FakeChain } from '../operation/fakeChain'
import { callerOf, connected, failure, looseKeys, origin, shop, testRpc, waiting } from './testRpc'

let chain: FakeChain
beforeEach(async () => {
  chain = await fakeChain()
  chain.state.latest = { number: 100n, timestamp: Math.floor(Date.now() / 1000) }
})
afterEach(() => chain.close())

const day = 86_400

async function asked(calls: readonly object[] = [{ to: shop, value: '0x7' }], caller = callerOf()) {
  const context = await testRpc()
  const { account } = await connected(context, chain)
  // Known already: the chain here has no contracts to ask.
  await putToken(context.database, { chainId: 31_337, address: shop, symbol: 'SHOP', decimals: 0 })
  const asking = failure(handleRequest(context, caller, 'wallet_sendCalls', [{ chainId: '0x7a69', calls }]))
  await waiting(context)
  const id = context.approvals.open()[0]?.id ?? ''
  const request = () => context.approvals.get(id)?.request
  const session = () => {
    const open = request()
    if (open?.kind !== 'session') throw new Error('no session is shown')
    return open
  }
  const past = (hoursAgo: number, change: Partial<ActivityRow> = {}) =>
    transact(context.database, ['activity'], 'readwrite', (transaction) =>
      recordActivity(transaction, {
        id: crypto.randomUUID(),
        at: Date.now() - hoursAgo * 3_600_000,
        origin,
        account: account.id as ActivityRow['account'],
        chainId: 31_337,
        signedBy: 'passkey',
        purpose: 'calls',
        calls: [{ to: shop, value: 5n, data: '0x' }],
        status: 'final',
        ...change,
      }),
    )
  const end = async () => {
    await endApproval(context, id, { kind: 'rejected' })
    return asking
  }
  const suggested = async () => (await suggestion.run(context, { id })) as SuggestionView
  return { context, id, request, session, past, end, suggested }
}

test('behavior: calls become a session for them, pinned and limited, and turn back without a trace', async () => {
  const { context, id, request, session, suggested, end } = await asked()
  const before = request()
  expect(await suggested()).toEqual({
    possible: true,
    coverage: { covered: 0, of: 0 },
    similar: 0,
    offered: false,
  })
  await approvalSuggest.run(context, { id })
  const now = Math.floor(Date.now() / 1000)
  expect(session()).toMatchObject({ suggested: true, connects: false, ephemeral: false, instead: before })
  expect(session().spec).toMatchObject({
    paymaster: { mode: 'None' },
    callPolicies: [],
    transferPolicies: [
      { target: shop, maxValuePerUse: 7n, valueLimit: { limitType: 'Allowance', limit: 21n, period: day } },
    ],
  })
  expect(Math.abs(session().spec.expiresAt - now - 7 * day)).toBeLessThan(60)
  expect(session().spec.feeLimit.limit).toBeGreaterThan(0n)
  expect(looseKeys(context)).toEqual([`session-key:${session().spec.signer}`])
  await approvalWiden.run(context, { id, widen: false })
  expect(request()).toEqual(before)
  expect(looseKeys(context)).toEqual([])
  await approvalSuggest.run(context, { id })
  expect(await end()).toMatchObject({ code: 4001 })
  expect(looseKeys(context)).toEqual([])
})

test('behavior: the owner may raise the numbers of a suggestion, and nothing that is pinned', async () => {
  const { context, id, session, end } = await asked()
  await approvalSuggest.run(context, { id })
  const { spec } = session()
  const [pay] = spec.transferPolicies
  if (!pay) throw new Error('no policy')
  const turn = (change: Partial<SessionSpec>) =>
    approvalNarrow.run(context, { id, spec: { ...session().spec, ...change } })
  const wider = { ...pay, maxValuePerUse: 70n, valueLimit: { ...pay.valueLimit, limit: 700n } }
  await turn({ transferPolicies: [wider], expiresAt: spec.expiresAt + 20 * day })
  expect(session()).toMatchObject({ asked: spec, lifetime: 27 * day, spec: { transferPolicies: [wider] } })
  const thief = '0x00000000000000000000000000000000000000f1'
  for (const change of [
    { transferPolicies: [{ ...pay, target: thief }] },
    { transferPolicies: [pay, { ...pay, target: thief }] },
    { paymaster: { mode: 'Any' } },
    { expiresAt: spec.expiresAt + 400 * day },
  ] satisfies Partial<SessionSpec>[])
    expect((await failure(turn(change))).name).toBe('Policy.WiderThanAskedError')
  await approvalNarrow.run(context, { id, spec: null })
  expect(session()).toMatchObject({ spec, asked: undefined })
  await end()
})

test('behavior: offered by itself after three of the like that the passkey approved, until it is declined', async () => {
  const { context, id, past, suggested, end } = await asked()
  await past(30)
  await past(29, { signedBy: 'session' })
  await past(28, { origin: 'https://other.example' })
  await past(27, { status: 'void' })
  await past(26, { chainId: 1 })
  await past(25, { calls: [{ to: '0x00000000000000000000000000000000000000f1', value: 5n, data: '0x' }] })
  await past(2)
  expect(await suggested()).toMatchObject({ similar: 2, offered: false })
  await past(1)
  expect(await suggested()).toEqual({
    possible: true,
    coverage: { covered: 4, of: 5 },
    similar: 3,
    offered: true,
  })
  await declineSuggestion.run(context, { id })
  expect(await suggested()).toMatchObject({ similar: 3, offered: false })
  await end()
})

test('behavior: what another session would have covered is counted like what is suggested', async () => {
  const { context, id, past, session, end } = await asked()
  for (const hours of [75, 50, 49, 1]) await past(hours)
  await approvalSuggest.run(context, { id })
  const { spec } = session()
  const counted = async (one: SessionSpec) => (await coverage.run(context, { id, spec: one })) as Coverage
  expect(await counted(spec)).toEqual({ covered: 4, of: 4 })
  const [pay] = spec.transferPolicies
  if (!pay) throw new Error('no policy')
  const once = { limitType: 'Lifetime', limit: 5n, period: 0 } as const
  expect(await counted({ ...spec, transferPolicies: [{ ...pay, valueLimit: once }] })).toEqual({
    covered: 1,
    of: 4,
  })
  await end()
})

test('error: nothing is suggested for what no limit holds, nor for a frame in another site', async () => {
  const unknown = await asked([{ to: shop, data: '0xdeadbeef' }])
  expect(await unknown.suggested()).toEqual({
    possible: false,
    obstacle: { kind: 'unknown', selector: '0xdeadbeef' },
  })
  const refusal = await failure(approvalSuggest.run(unknown.context, { id: unknown.id }))
  expect(refusal.name).toBe('Rpc.NothingSuggestedError')
  expect(unknown.request()?.kind).toBe('transaction')
  expect(looseKeys(unknown.context)).toEqual([])
  await unknown.end()
  const framed = await asked(undefined, callerOf({ topOrigin: 'https://news.example' }))
  expect(await framed.suggested()).toEqual({ possible: false, obstacle: { kind: 'frame' } })
  await framed.end()
})
