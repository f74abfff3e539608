import { afterEach, beforeEach, expect, test } from 'vitest'
import { sessions } from '@/lib/session/sessions'
import type { SessionSpec } from '@/lib/policy/spec'
import { approvalNarrow } from '@/lib/rpc/commands/approvalNarrow'
import { approvalStart } from '@/lib/rpc/commands/approvalStart'
import { endApproval } from '@/lib/rpc/endApproval'
import { narrowedPermissions } from '@/lib/rpc/narrowedPermissions'
import { handleRequest } from '@/lib/rpc/router'
import { termsOf } from '@/lib/rpc/sessionWithSameTerms'
import { fakeChain, type FakeChain } from '../operation/fakeChain'
import { callerOf, connected, failure, shop, testRpc, waiting, withSession } from './testRpc'

let chain: FakeChain
beforeEach(async () => {
  chain = await fakeChain()
  chain.state.latest = { number: 100n, timestamp: Math.floor(Date.now() / 1000) }
})
afterEach(() => chain.close())

const thief = '0x00000000000000000000000000000000000000f1'
const preferences = {
  expiresAt: '1 day',
  feeLimit: '0x64',
  transfers: [
    { to: shop, maxValuePerUse: '0xa', valueLimit: '0x64' },
    { to: thief, maxValuePerUse: '0xa', valueLimit: '0x64' },
  ],
}

async function asked() {
  const context = await testRpc()
  const { account } = await connected(context, chain)
  const ask = (caller = callerOf()) =>
    handleRequest(context, caller, 'wallet_connect', [{ capabilities: { sessions: preferences } }])
  const asking = failure(ask())
  await waiting(context)
  const id = context.approvals.open()[0]?.id ?? ''
  const request = () => {
    const open = context.approvals.get(id)?.request
    if (open?.kind !== 'session') throw new Error('no session is asked for')
    return open
  }
  const { spec } = request()
  const narrow = (change: Partial<SessionSpec> | null) =>
    approvalNarrow.run(context, { id, spec: change && { ...request().spec, ...change } })
  return { context, account, ask, asking, id, request, spec, narrow }
}

test('behavior: what would be approved is what the owner left of it, and back again', async () => {
  const { request, spec, narrow, context, id, asking } = await asked()
  const [tip] = spec.transferPolicies
  if (!tip) throw new Error('no policy')
  await narrow({ expiresAt: spec.expiresAt - 3600, transferPolicies: [{ ...tip, maxValuePerUse: 3n }] })
  expect(request()).toMatchObject({
    asked: spec,
    spec: { expiresAt: spec.expiresAt - 3600, transferPolicies: [{ target: shop, maxValuePerUse: 3n }] },
    lifetime: 86_400 - 3600,
  })
  expect(request().spec.signer).toBe(spec.signer)
  // Up again, within what was asked.
  await narrow({ transferPolicies: spec.transferPolicies })
  expect(request()).toMatchObject({ asked: spec, spec: { transferPolicies: [tip, { target: thief }] } })
  await narrow(null)
  expect(request()).toMatchObject({ spec, asked: undefined, lifetime: 86_400 })
  await endApproval(context, id, { kind: 'rejected' })
  await asking
})

test('error: wider than asked, nothing left, or over already is refused, and changes nothing', async () => {
  const { request, spec, narrow, context, id, asking } = await asked()
  const [tip] = spec.transferPolicies
  if (!tip) throw new Error('no policy')
  const before = request()
  for (const [change, text] of [
    [{ expiresAt: spec.expiresAt + 1 }, 'The end would be wider'],
    [{ transferPolicies: [{ ...tip, maxValuePerUse: 11n }] }, 'The greatest value for'],
    [
      { transferPolicies: [{ ...tip, target: '0x00000000000000000000000000000000000000aa' }] },
      'The policy for',
    ],
    [{ transferPolicies: [] }, 'must not be empty'],
    [{ expiresAt: Math.floor(Date.now() / 1000) - 5 }, 'would have ended already'],
  ] satisfies [Partial<SessionSpec>, string][])
    expect((await failure(narrow(change))).message).toContain(text)
  expect(request()).toBe(before)
  // The key is the wallet's, whatever the page sends.
  await narrow({ signer: thief, transferPolicies: [tip] })
  expect(request().spec.signer).toBe(spec.signer)
  await endApproval(context, id, { kind: 'rejected' })
  expect(await asking).toMatchObject({ code: 4001 })
  expect((await failure(narrow(null))).message).toContain('no longer open')
})

test('behavior: a site that asks again for what it was granted less of is answered at once', async () => {
  const { context, account, ask, id, spec, asking } = await asked()
  await endApproval(context, id, { kind: 'rejected' })
  await asking
  const row = await withSession(context, account)
  const now = Math.floor(Date.now() / 1000)
  const granted = { ...row, spec: { ...row.spec, expiresAt: now + 3000 }, lifetime: 3600 }
  await sessions.put(context.database, { ...granted, askedTerms: termsOf(spec) })
  expect(await ask()).toHaveProperty('accounts')
  expect(context.approvals.open()).toEqual([])
  await sessions.put(context.database, granted)
  const again = failure(ask())
  await waiting(context)
  const [open] = context.approvals.open()
  await endApproval(context, open?.id ?? '', { kind: 'rejected' })
  await again
})

test('behavior: permissions of the older form are told as they were granted', async () => {
  const { spec, context, id, asking } = await asked()
  const token = '0x00000000000000000000000000000000000000a1'
  const period = { limitType: 'Allowance', limit: 2n, period: 3600 } as const
  const unlimited = { limitType: 'Unlimited', limit: 0n, period: 0 } as const
  const call = { target: token, maxValuePerUse: 0n, valueLimit: unlimited, useLimit: period } as const
  const granted: SessionSpec = {
    ...spec,
    transferPolicies: spec.transferPolicies.slice(0, 1),
    callPolicies: [{ ...call, selector: '0xc383e22b', constraints: [] }],
  }
  const permission = { policies: [], required: true }
  expect(
    narrowedPermissions(
      [
        { ...permission, type: 'native-token-transfer', data: { to: shop, allowance: 500n } },
        { ...permission, type: 'native-token-transfer', data: { to: thief, allowance: 500n } },
        { ...permission, type: 'erc20-token-transfer', data: { address: token, allowance: 5n } },
        {
          ...permission,
          type: 'contract-call',
          data: { address: token, calls: ['plant(uint256 plot)', 'water(uint256)'] },
        },
      ],
      granted,
    ),
  ).toEqual([
    {
      ...permission,
      type: 'native-token-transfer',
      data: { to: shop },
      policies: [{ type: 'token-allowance', data: { allowance: 100n } }],
    },
    {
      ...permission,
      type: 'contract-call',
      data: { address: token, calls: ['plant(uint256 plot)'] },
      policies: [{ type: 'rate-limit', data: { count: 2n, interval: 3600n } }],
    },
  ])
  await endApproval(context, id, { kind: 'rejected' })
  await asking
})

test('error: a session that is not the one on the page is not signed', async () => {
  const { spec, narrow, request, context, id, asking } = await asked()
  const [tip] = spec.transferPolicies
  if (!tip) throw new Error('no policy')
  await narrow({ transferPolicies: [tip] })
  await context.desk.settled(id)
  // The page still shows it as it was asked.
  expect((await failure(approvalStart.run(context, { id, spec }))).name).toBe('Rpc.NotReadyError')
  const shown = await approvalStart.run(context, { id, spec: request().spec }).catch((error: Error) => error)
  expect(shown).not.toMatchObject({ name: 'Rpc.NotReadyError' })
  await endApproval(context, id, { kind: 'rejected' })
  await asking
})
