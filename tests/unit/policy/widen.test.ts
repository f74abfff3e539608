import fc from 'fast-check'
import { encodeFunctionData, maxUint256, parseAbi, type Address, type Hex } from 'viem'
import { expect, test } from 'vitest'
import type { Call, OperationFee } from '@/lib/policy/call'
import { check } from '@/lib/policy/check'
import { exposure } from '@/lib/policy/exposure'
import type { Refusal } from '@/lib/policy/refusal'
import type { SessionSpec } from '@/lib/policy/spec'
import type { Usage } from '@/lib/policy/usage'
import { widen } from '@/lib/policy/widen'
import {
  allowance,
  day,
  demo,
  lifetime,
  midnight,
  orchard,
  orchardSpec,
  plantCall,
  rules,
  shop,
  sponsor,
  thief,
  tipCall,
  transferCall,
  word,
} from './fixtures'

const ether = 10n ** 18n
const today = midnight / day
const banned: Address[] = ['0x00000000000000000000000000000000000000ee']

type More = { spec?: SessionSpec; usage?: Usage; fee?: OperationFee; timestamp?: number; refusal?: Refusal }

function widened(calls: readonly Call[], more: More = {}) {
  const { spec = orchardSpec, usage = {}, fee = { fee: 0n }, timestamp = midnight } = more
  const verdict = check({ spec, usage, calls, fee, timestamp, banned, rules })
  const refusal = more.refusal ?? (verdict.ok ? undefined : verdict.refusal)
  if (refusal === undefined) throw new Error('The session allows it.')
  const result = widen({ spec, usage, calls, refusal, timestamp, banned, rules, lifetime: day })
  if (result.ok) {
    const passes = check({ spec: result.spec, usage: {}, calls, fee, timestamp, banned, rules })
    expect(passes).toMatchObject({ ok: true })
  }
  return result
}

const transferOf = ({ callPolicies }: SessionSpec) => callPolicies.find(({ target }) => target === demo)

test('behavior: a limit becomes what is used plus what is asked, and nothing else changes', () => {
  const usage = { '1.argument.1': { used: 92n * 10n ** 17n, period: today } }
  const result = widened([transferCall(15n * 10n ** 17n)], { usage })
  if (!result.ok) throw new Error(result.obstacle)
  expect(result.how).toBe('widen')
  expect(transferOf(result.spec)?.constraints[1]?.limit).toEqual(allowance(107n * 10n ** 17n, day))
  const [recipient, amount] = transferOf(orchardSpec)?.constraints ?? []
  if (!recipient || !amount) throw new Error('the fixture has both')
  expect(result.spec).toEqual({
    ...orchardSpec,
    callPolicies: orchardSpec.callPolicies.map((policy) =>
      policy.target === demo
        ? { ...policy, constraints: [recipient, { ...amount, limit: allowance(107n * 10n ** 17n, day) }] }
        : policy,
    ),
  })
})

test('behavior: a maximum becomes what is asked, and the total with it where it must', () => {
  const result = widened([transferCall(12n * ether)])
  if (!result.ok) throw new Error(result.obstacle)
  expect(transferOf(result.spec)?.constraints[1]).toMatchObject({
    refValue: word(12n * ether),
    limit: allowance(12n * ether, day),
  })
  const plot = widened([plantCall(40n)])
  expect(plot.ok && plot.spec.callPolicies[1]?.constraints[0]).toMatchObject({
    condition: 'Less',
    refValue: word(41n),
  })
})

test('behavior: values and uses of payments, over all calls of a batch', () => {
  const tips = [tipCall(5n * 10n ** 15n), tipCall(6n * 10n ** 15n)]
  const result = widened(tips, { usage: { '0.uses': { used: 4n, period: 0 } } })
  expect(result.ok && result.spec.transferPolicies[0]).toMatchObject({
    maxValuePerUse: 6n * 10n ** 15n,
    valueLimit: lifetime(11n * 10n ** 15n),
    useLimit: lifetime(6n),
  })
})

test('behavior: a function that sent no value may send what is asked, once a day', () => {
  const result = widened([{ ...plantCall(1n), value: 7n }])
  expect(result.ok && result.spec.callPolicies[1]).toMatchObject({
    maxValuePerUse: 7n,
    valueLimit: allowance(7n, day),
  })
})

test('behavior: a recipient of payments is added for what is asked, once a day', () => {
  const result = widened([tipCall(3n, thief), tipCall(4n, thief)])
  expect(result.ok && result.spec.transferPolicies).toHaveLength(2)
  expect(result.ok && result.spec.transferPolicies[1]).toEqual({
    target: thief,
    maxValuePerUse: 4n,
    valueLimit: allowance(7n, day),
    useLimit: { limitType: 'Unlimited', limit: 0n, period: 0 },
  })
})

const abi = parseAbi([
  'function approve(address spender, uint256 amount)',
  'function harvest(uint256 plot, address to)',
  'function multicall(bytes[] data)',
])
const approve = (amount: bigint): Call => ({
  to: demo,
  value: 0n,
  data: encodeFunctionData({ abi, functionName: 'approve', args: [thief, amount] }),
})
const harvest = (plot: bigint, to: Address = shop): Call => ({
  to: orchard,
  value: 0n,
  data: encodeFunctionData({ abi, functionName: 'harvest', args: [plot, to] }),
})

test('behavior: a function that is not in the session is added with its arguments pinned, once a day', () => {
  const result = widened([harvest(3n), harvest(5n)])
  const added = result.ok
    ? result.spec.callPolicies.find(({ constraints }) => constraints.length === 3)
    : undefined
  expect(added).toMatchObject({ maxValuePerUse: 0n, useLimit: allowance(2n, day) })
  expect(added?.constraints.map(({ condition, index, refValue }) => [condition, index, refValue])).toEqual([
    ['GreaterOrEqual', 0, word(3n)],
    ['LessOrEqual', 0, word(5n)],
    ['Equal', 1, word(shop)],
  ])
})

test('behavior: an approval is widened with spender and amount fixed, and warned of like in a new session', () => {
  const bounded = widened([approve(5n)])
  if (!bounded.ok) throw new Error(bounded.obstacle)
  const kinds = (spec: SessionSpec) =>
    exposure(spec, midnight).warnings.map(({ kind, severity }) => [kind, severity])
  expect(kinds(bounded.spec)).toEqual([['ApprovalOutlives', 'caution']])
  const open = widened([approve(maxUint256)])
  if (!open.ok) throw new Error(open.obstacle)
  expect(kinds(open.spec)).toEqual([['ApprovalOutlives', 'danger']])
  const multicall: Call = {
    to: orchard,
    value: 0n,
    data: encodeFunctionData({ abi, functionName: 'multicall', args: [[]] }),
  }
  const anything = widened([multicall])
  expect(anything.ok && kinds(anything.spec)).toEqual([['OpenContents', 'danger']])
})

test('behavior: another recipient gets a session of its own beside the old one: nobody can be paid more by accident', () => {
  const result = widened([transferCall(ether, thief)])
  if (!result.ok) throw new Error(result.obstacle)
  expect(result.how).toBe('add')
  expect(result.spec).toMatchObject({ transferPolicies: [], expiresAt: orchardSpec.expiresAt })
  expect(result.spec.callPolicies).toMatchObject([
    {
      target: demo,
      constraints: [
        { condition: 'Equal', index: 0, refValue: word(thief) },
        { condition: 'LessOrEqual', index: 1, refValue: word(ether), limit: allowance(ether, day) },
      ],
    },
  ])
})

test('behavior: a session that ended is renewed unchanged where that suffices, else widened too', () => {
  const late = orchardSpec.expiresAt + 100
  const used = { '0.value': { used: 10n ** 16n, period: 0 } }
  const renewed = widened([tipCall(1n)], { timestamp: late, usage: used })
  expect(renewed).toEqual({ ok: true, how: 'renew', spec: { ...orchardSpec, expiresAt: late + day } })
  const wider = widened([plantCall(40n)], { timestamp: late })
  expect(wider).toMatchObject({ ok: true, how: 'widen', spec: { expiresAt: late + day } })
  for (const status of ['closed', 'closing'] as const) {
    const refusal = { rule: 'SessionNotActive', status } as const
    expect(widened([tipCall(1n)], { refusal })).toMatchObject({ ok: true, how: 'renew' })
  }
})

test('behavior: a session that is about to end lasts as long again; one that is not keeps its end', () => {
  const timestamp = orchardSpec.expiresAt - 119
  expect(widened([plantCall(40n)], { timestamp })).toMatchObject({ spec: { expiresAt: timestamp + day } })
  expect(widened([plantCall(40n)])).toMatchObject({ spec: { expiresAt: orchardSpec.expiresAt } })
})

test('behavior: the fee budget grows to what is needed; another sponsor takes the place of the listed one', () => {
  const usage = { fee: { used: 9n * 10n ** 14n, period: 0 } }
  const result = widened([tipCall(1n)], { usage, fee: { fee: 2n * 10n ** 14n } })
  expect(result).toMatchObject({ ok: true, spec: { feeLimit: lifetime(11n * 10n ** 14n) } })
  const sponsored = widened([tipCall(1n)], { fee: { fee: 0n, paymaster: sponsor } })
  expect(sponsored).toMatchObject({ ok: true, spec: { paymaster: { mode: 'Listed', paymaster: sponsor } } })
})

const obstacle = (calls: readonly Call[], more?: More) => {
  const result = widened(calls, more)
  return result.ok ? null : result.obstacle
}

test('error: what no session can let through is told apart', () => {
  const [target] = banned
  if (target === undefined) throw new Error('one is banned')
  expect(obstacle([{ to: target, value: 0n, data: '0x' }])).toBe('banned')
  expect(obstacle([{ to: shop, value: 0n, data: '0x1234' }])).toBe('malformed')
  expect(obstacle([])).toBe('empty')
  expect(obstacle(Array.from({ length: 33 }, () => tipCall(1n)))).toBe('too-many')
  const cell = { kind: 'uses', target: shop } as const
  const clock = { rule: 'PeriodElapsed', call: 0, subject: cell, recorded: today + 1, period: today } as const
  const ahead = { '1.argument.1': { used: 1n, period: today + 1 } }
  expect(obstacle([transferCall(1n)], { usage: ahead, refusal: clock })).toBe('clock')
  for (const status of ['pending', 'paused', 'locked'] as const)
    expect(obstacle([tipCall(1n)], { refusal: { rule: 'SessionNotActive', status } })).toBe('not-active')
})

test('error: two recipients of one function, and data that cannot be read, are indistinct', () => {
  expect(obstacle([transferCall(1n, thief), transferCall(1n, shop)])).toBe('indistinct')
  const odd: Call = { to: orchard, value: 0n, data: `0xdeadbeef${'11'.repeat(33)}` }
  expect(obstacle([odd])).toBe('indistinct')
  const long: Call = { to: orchard, value: 0n, data: `0xdeadbeef${'11'.repeat(32 * 17)}` as Hex }
  expect(obstacle([long])).toBe('indistinct')
  expect(obstacle([harvest(1n, shop), harvest(1n, thief)])).toBe('indistinct')
})

test('behavior: whatever is asked, the new session lets it through and takes nothing away', () => {
  const call = fc.oneof(
    fc
      .tuple(fc.bigInt(0n, 30n * ether), fc.constantFrom(shop, thief))
      .map(([sum, to]) => transferCall(sum, to)),
    fc.bigInt(0n, 100n).map(plantCall),
    fc.tuple(fc.bigInt(0n, 10n ** 17n), fc.constantFrom(shop, thief)).map(([sum, to]) => tipCall(sum, to)),
    fc.bigInt(0n, 9n).map((plot) => harvest(plot)),
  )
  const used = fc.record({ uses: fc.bigInt(0n, 5n), demo: fc.bigInt(0n, 10n * ether) })
  fc.assert(
    fc.property(fc.array(call, { minLength: 1, maxLength: 4 }), used, (calls, { uses, demo: spent }) => {
      const usage: Usage = {
        '0.uses': { used: uses, period: 0 },
        '1.argument.1': { used: spent, period: today },
      }
      const request = { spec: orchardSpec, usage, fee: { fee: 0n }, timestamp: midnight, banned, rules }
      if (check({ ...request, calls }).ok) return
      const result = widened(calls, { usage })
      if (!result.ok || result.how !== 'widen') return
      const before = exposure(orchardSpec, midnight)
      const after = exposure(result.spec, midnight)
      expect(after.native.untilExpiry ?? 0n).toBeGreaterThanOrEqual(before.native.untilExpiry ?? 0n)
      for (const old of [transferCall(ether), plantCall(3n), tipCall(1n)])
        expect(check({ ...request, usage: {}, spec: result.spec, calls: [old] }).ok).toBe(true)
    }),
    { numRuns: 300 },
  )
})

test('behavior: the owner’s own limit for all sites is no fault of the session', () => {
  const refusal = { rule: 'GuardPerMinute', cap: 1, signed: 1, waitSeconds: 9 } as const
  expect(widened([plantCall(1n)], { refusal })).toEqual({ ok: false, obstacle: 'guard' })
})
