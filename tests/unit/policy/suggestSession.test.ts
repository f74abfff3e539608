import fc from 'fast-check'
import { encodeFunctionData, maxUint256, parseAbi, toFunctionSelector, type Address, type Hex } from 'viem'
import { expect, test } from 'vitest'
import type { Call } from '@/lib/policy/call'
import { check } from '@/lib/policy/check'
import { checkWithin } from '@/lib/policy/checkWithin'
import { coverage } from '@/lib/policy/coverage'
import { exposure } from '@/lib/policy/exposure'
import { enforcedSpec, kindRules } from '@/lib/policy/kindRules'
import { loosened } from '@/lib/policy/loosened'
import type { SessionSpec, UsageLimit } from '@/lib/policy/spec'
import { suggestedLifetime, suggestSession, type SuggestRequest } from '@/lib/policy/suggestSession'
import { lastingFunctions } from '@/lib/policy/unholdable'
import { periodsTouched } from '@/lib/policy/worstCase'
import {
  day,
  demo,
  midnight,
  orchard,
  plantCall,
  rules,
  shop,
  thief,
  tipCall,
  transferCall,
  word,
} from './fixtures'

const ether = 10n ** 18n
const account: Address = '0x00000000000000000000000000000000000000ee'
const now = midnight + 40 * day
const feePerUse = 10n ** 13n
const plant = { [`${orchard}:0xc383e22b`]: { name: 'plant', numbers: new Set([0]) } }

function request(calls: readonly Call[], more: Partial<SuggestRequest> = {}): SuggestRequest {
  return {
    calls,
    past: [],
    timestamp: now,
    banned: [account],
    rules,
    feePerUse,
    functions: plant,
    ...more,
  }
}

function suggested(calls: readonly Call[], more: Partial<SuggestRequest> = {}): SessionSpec {
  const result = suggestSession(request(calls, more))
  if (!result.ok) throw new Error(result.obstacle.kind)
  return result.spec
}

const obstacle = (calls: readonly Call[], more: Partial<SuggestRequest> = {}) => {
  const result = suggestSession(request(calls, more))
  return result.ok ? null : result.obstacle
}
const ago = (days: number) => now - days * day

test('behavior: a token payment: recipient pinned, at most this much at a time, three times that a day', () => {
  const spec = suggested([transferCall(2n * ether)])
  expect(spec).toMatchObject({
    expiresAt: now + suggestedLifetime,
    feeLimit: { limitType: 'Lifetime', limit: 21n * feePerUse },
    paymaster: { mode: 'None' },
    transferPolicies: [],
  })
  expect(spec.callPolicies).toEqual([
    expect.objectContaining({
      target: demo,
      selector: '0xa9059cbb',
      maxValuePerUse: 0n,
      useLimit: { limitType: 'Unlimited', limit: 0n, period: 0 },
      constraints: [
        expect.objectContaining({ condition: 'Equal', index: 0, refValue: word(shop) }),
        {
          condition: 'LessOrEqual',
          index: 1,
          refValue: word(2n * ether),
          limit: { limitType: 'Allowance', limit: 6n * ether, period: day },
        },
      ],
    }),
  ])
})

test('behavior: the past of the same recipient widens amounts and periods; that of others does not', () => {
  const past = [
    { at: ago(1), calls: [transferCall(5n * ether), transferCall(9n * ether)] },
    { at: ago(1), calls: [transferCall(900n * ether, thief)] },
    { at: ago(2), calls: [plantCall(3n)] },
  ]
  expect(suggested([transferCall(2n * ether)], { past }).callPolicies[0]?.constraints[1]).toMatchObject({
    refValue: word(9n * ether),
    limit: { limit: 14n * ether, period: day },
  })
  const weekly = [8, 15, 22].map((days) => ({ at: ago(days), calls: [transferCall(ether)] }))
  expect(suggested([transferCall(ether)], { past: weekly }).callPolicies[0]?.constraints[1]?.limit).toEqual({
    limitType: 'Allowance',
    limit: 3n * ether,
    period: 7 * day,
  })
})

test('behavior: native payments, a function that the site named, and both in one', () => {
  expect(suggested([tipCall(7n)]).transferPolicies).toEqual([
    expect.objectContaining({
      target: shop,
      maxValuePerUse: 7n,
      valueLimit: { limitType: 'Allowance', limit: 21n, period: day },
    }),
  ])
  const past = [2, 5].map((days) => ({ at: ago(days), calls: [plantCall(BigInt(days))] }))
  const [planting] = suggested([plantCall(9n), tipCall(1n)], { past }).callPolicies
  expect(planting).toMatchObject({ useLimit: { limitType: 'Allowance', limit: 3n } })
  expect(planting?.constraints.map(({ condition, refValue }) => [condition, refValue])).toEqual([
    ['GreaterOrEqual', word(2n)],
    ['LessOrEqual', word(9n)],
  ])
  const paid = suggested([{ ...plantCall(1n), value: 5n }]).callPolicies[0]
  expect(paid).toMatchObject({ maxValuePerUse: 5n, valueLimit: { limit: 15n } })
})

const abi = parseAbi([
  'function approve(address spender, uint256 amount)',
  'function setApprovalForAll(address operator, bool approved)',
  'function multicall(bytes[] data)',
  'function safeTransferFrom(address from, address to, uint256 id)',
  'function transferAndCall(address to, uint256 amount, bytes data)',
  'function plantFor(uint256 plot, address owner)',
])
const call = (data: Hex): Call => ({ to: demo, value: 0n, data })
const transferAndCall = (note: Hex) =>
  call(encodeFunctionData({ abi, functionName: 'transferAndCall', args: [shop, 5n, note] }))

test('error: what no limit holds is not suggested, and why', () => {
  const approve = call(encodeFunctionData({ abi, functionName: 'approve', args: [shop, 5n] }))
  expect(obstacle([approve])).toMatchObject({ kind: 'lasting', name: 'approve' })
  const all = call(encodeFunctionData({ abi, functionName: 'setApprovalForAll', args: [shop, true] }))
  expect(obstacle([all])).toMatchObject({ kind: 'lasting' })
  const multicall = call(encodeFunctionData({ abi, functionName: 'multicall', args: [['0x12345678']] }))
  expect(obstacle([multicall])).toMatchObject({ kind: 'open', name: 'multicall' })
  const nft = call(encodeFunctionData({ abi, functionName: 'safeTransferFrom', args: [account, shop, 1n] }))
  expect(obstacle([nft])).toMatchObject({ kind: 'collectible' })
  expect(obstacle([call('0xdeadbeef')])).toEqual({ kind: 'unknown', selector: '0xdeadbeef' })
  expect(obstacle([plantCall(1n)], { functions: {} })).toMatchObject({ kind: 'unknown' })
  expect(obstacle([{ to: account, value: 0n, data: '0x' }])).toEqual({ kind: 'banned' })
  expect(obstacle([transferCall(maxUint256)])).toEqual({ kind: 'unlimited' })
  expect(obstacle([transferCall(1n), transferCall(1n, thief)])).toEqual({ kind: 'indistinct' })
  expect(obstacle([call('0xa9059c')])).toEqual({ kind: 'indistinct' })
  expect(obstacle([])).toEqual({ kind: 'indistinct' })
  for (const selector of Object.keys(lastingFunctions))
    expect(obstacle([call(`${selector as Hex}${'00'.repeat(64)}`)])).toMatchObject({ kind: 'lasting' })
  // One dangerous call is enough.
  expect(obstacle([transferCall(1n), approve])).toMatchObject({ kind: 'lasting' })
})

test('error: a name that says what the selector table does not know', () => {
  const named = (name: string) => {
    const functions = { [`${demo}:0xdeadbeef`]: { name, numbers: new Set<number>() } }
    return obstacle([call(`0xdeadbeef${'00'.repeat(32)}`)], { functions })
  }
  for (const name of ['permitAll', 'delegateVotes', 'setApprovalForAllOf', 'addOperator', 'grantAccess'])
    expect(named(name)).toMatchObject({ kind: 'lasting', name })
  for (const name of ['multicallTo', 'executeOrder', 'batchTransfer'])
    expect(named(name)).toMatchObject({ kind: 'open', name })
  expect(named('claim')).toBeNull()
})

test('misc: the selectors of functions that give rights away are those of their names', () => {
  const known = [
    'permit(address,address,uint256,uint256,uint8,bytes32,bytes32)',
    'permit(address,address,uint256,uint256,bool,uint8,bytes32,bytes32)',
    'permit(address,((address,uint160,uint48,uint48),address,uint256),bytes)',
    'permit(address,((address,uint160,uint48,uint48)[],address,uint256),bytes)',
    'approve(address,address,uint160,uint48)',
    'delegate(address)',
    'delegateBySig(address,uint256,uint256,uint8,bytes32,bytes32)',
    'approveDelegation(address,uint256)',
    'setOperator(address,bool)',
    'authorizeOperator(address)',
    'transferOwnership(address)',
    'renounceOwnership()',
    'setOwner(address)',
    'grantRole(bytes32,address)',
    'upgradeTo(address)',
    'upgradeToAndCall(address,bytes)',
  ]
  const computed = Object.fromEntries(
    known.map((text) => [toFunctionSelector(`function ${text}`), text.replace(/\(.*/, '')]),
  )
  expect(lastingFunctions).toEqual(computed)
})

test('behavior: data that goes along with a payment stays as it is; more of it than can be pinned is not suggested', () => {
  const spec = suggested([transferAndCall('0x1234')])
  const verdict = (one: Call) =>
    check({ spec, usage: {}, calls: [one], fee: { fee: 0n }, timestamp: now, banned: [], rules })
  expect(verdict(transferAndCall('0x1234'))).toMatchObject({ ok: true })
  expect(verdict(transferAndCall('0x1235'))).toMatchObject({ refusal: { rule: 'ConditionViolated' } })
  expect(obstacle([transferAndCall(`0x${'11'.repeat(600)}`)])).toEqual({ kind: 'indistinct' })
})

test('behavior: addresses of a named function are pinned, its numbers are not', () => {
  const plantFor = (plot: bigint, owner: Address) =>
    call(encodeFunctionData({ abi, functionName: 'plantFor', args: [plot, owner] }))
  const selector = plantFor(1n, shop).data.slice(0, 10)
  const functions = { [`${demo}:${selector}`]: { name: 'plantFor', numbers: new Set([0]) } }
  const past = [
    { at: ago(1), calls: [plantFor(4n, shop)] },
    { at: ago(1), calls: [plantFor(90n, thief)] },
  ]
  const [policy] = suggested([plantFor(2n, shop)], { past, functions }).callPolicies
  expect(policy?.constraints.map(({ condition, index, refValue }) => [condition, index, refValue])).toEqual([
    ['GreaterOrEqual', 0, word(2n)],
    ['LessOrEqual', 0, word(4n)],
    ['Equal', 1, word(shop)],
  ])
})

test('behavior: words that the site calls numbers and that lie apart like addresses are pinned', () => {
  const selector: Hex = '0x0badf00d'
  const move = (to: Address, plot: bigint) => call(`${selector}${word(to).slice(2)}${word(plot).slice(2)}`)
  const functions = { [`${demo}:${selector}`]: { name: 'move', numbers: new Set([0, 1]) } }
  const past = [{ at: ago(1), calls: [move(thief, 3n), move(shop, 9n)] }]
  const spec = suggested([move(shop, 4n)], { past, functions })
  const verdict = (one: Call) =>
    check({ spec, usage: {}, calls: [one], fee: { fee: 0n }, timestamp: now, banned: [], rules }).ok
  expect(verdict(move(shop, 8n))).toBe(true)
  expect(verdict(move('0x5000000000000000000000000000000000000000', 4n))).toBe(false)
  expect(verdict(move(thief, 4n))).toBe(false)
  expect(obstacle([move(shop, 1n), move(thief, 1n)], { functions })).toEqual({ kind: 'indistinct' })
})

test('behavior: an account whose sessions make one call at a time and count no uses gets what its chain enforces', () => {
  const rules = kindRules['zksync-sso']
  expect(obstacle([transferCall(1n), plantCall(1n)], { rules })).toEqual({ kind: 'batch' })
  const spec = suggested([plantCall(1n)], { rules })
  expect(spec.callPolicies[0]?.useLimit.limitType).toBe('Unlimited')
  expect(enforcedSpec(spec, rules).callPolicies).toEqual(spec.callPolicies)
  expect(suggested([transferCall(1n)], { rules }).callPolicies[0]?.constraints[1]?.limit.limit).toBe(3n)
})

test('behavior: how much of the past a session would have covered, usage counted', () => {
  const spec = suggested([transferCall(2n * ether)])
  const past = [
    ...[0, 1, 2, 3].map((hour) => ({ at: ago(3) + hour, calls: [transferCall(2n * ether)] })),
    { at: ago(2), calls: [transferCall(3n * ether)] },
    { at: ago(2), calls: [transferCall(ether, thief)] },
    { at: ago(2), calls: [{ to: demo, value: 0n, data: '0xabc' as Hex }] },
    { at: ago(1), calls: [transferCall(ether), transferCall(ether)] },
  ]
  // Three on the first day, the fourth is over its limit; and the last.
  expect(coverage(spec, past, { banned: [], rules })).toEqual({ covered: 4, of: 8 })
  expect(coverage(spec, [...past].reverse(), { banned: [], rules })).toEqual({ covered: 4, of: 8 })
  expect(coverage(spec, [], { banned: [], rules })).toEqual({ covered: 0, of: 0 })
})

test('behavior: the owner may raise numbers, and nothing that is pinned', () => {
  const spec = suggested([transferCall(2n * ether), tipCall(5n)])
  const outer = loosened(spec, now)
  expect(() => checkWithin(outer, spec, now)).not.toThrow()
  const [policy] = spec.callPolicies
  const [recipient, amount] = policy?.constraints ?? []
  if (!policy || !recipient || !amount) throw new Error('the suggestion has both')
  const withRules = (constraints: (typeof policy)['constraints']) => ({
    ...spec,
    callPolicies: [{ ...policy, constraints }],
  })
  const raised = withRules([
    recipient,
    { ...amount, refValue: word(50n * ether), limit: { ...amount.limit, limit: 90n * ether } },
  ])
  expect(() => checkWithin(outer, { ...raised, expiresAt: now + 30 * day }, now)).not.toThrow()
  for (const wider of [
    withRules([{ ...recipient, refValue: word(thief) }, amount]),
    withRules([amount]),
    { ...spec, callPolicies: [{ ...policy, target: thief }] },
    { ...spec, callPolicies: [{ ...policy, maxValuePerUse: 1n }] },
    { ...spec, expiresAt: now + 400 * day },
    { ...spec, paymaster: { mode: 'Any' as const } },
  ])
    expect(() => checkWithin(outer, wider, now)).toThrow()
})

const amount = fc.bigInt(0n, 50n)
const anyCall = fc.oneof(
  fc.tuple(amount, fc.constantFrom(shop, thief)).map(([value, to]) => transferCall(value, to)),
  fc.tuple(amount, fc.constantFrom(shop, thief)).map(([value, to]) => tipCall(value, to)),
  fc.tuple(amount, amount).map(([plot, value]) => ({ ...plantCall(plot), value })),
  amount.map((value) => call(encodeFunctionData({ abi, functionName: 'approve', args: [shop, value] }))),
  fc.constant(call('0xdeadbeef')),
)
const anyPast = fc.array(
  fc.record({
    at: fc.integer({ min: midnight, max: now }),
    calls: fc.array(anyCall, { minLength: 1, maxLength: 3 }),
  }),
  { maxLength: 12 },
)
const anyRequest = fc.record({
  calls: fc.array(anyCall, { minLength: 1, maxLength: 4 }),
  past: anyPast,
  rules: fc.constantFrom(kindRules.latchkey, kindRules['zksync-sso']),
  timestamp: fc.integer({ min: now, max: now + 2 * day }),
})

test('behavior: a suggestion always allows the calls that it was made from, again and again on that day', () => {
  fc.assert(
    fc.property(anyRequest, (some) => {
      const result = suggestSession(request(some.calls, some))
      if (!result.ok) return
      const { calls, rules, timestamp } = some
      const check3 = coverage(
        result.spec,
        [0, 1, 2].map(() => ({ calls, at: timestamp })),
        { banned: [account], rules },
      )
      expect(check3).toEqual({ covered: 3, of: 3 })
      const verdict = check({
        spec: result.spec,
        usage: {},
        calls,
        fee: { fee: feePerUse },
        timestamp,
        banned: [account],
        rules,
      })
      expect(verdict.ok).toBe(true)
    }),
    { numRuns: 400 },
  )
})

test('behavior: what a suggestion can lose is never more than its own limits let pass, and it gives nothing away that stays', () => {
  const most = (limit: UsageLimit, span: { from: number; until: number }) =>
    limit.limitType === 'Allowance' ? limit.limit * BigInt(periodsTouched(span, limit.period)) : limit.limit
  fc.assert(
    fc.property(anyRequest, (some) => {
      const result = suggestSession(request(some.calls, some))
      if (!result.ok) return
      const { spec } = result
      const span = { from: some.timestamp, until: spec.expiresAt }
      const worst = exposure(enforcedSpec(spec, some.rules), some.timestamp)
      const policies = [...spec.transferPolicies, ...spec.callPolicies]
      const values = policies.reduce((sum, { valueLimit }) => sum + most(valueLimit, span), 0n)
      expect(worst.native.untilExpiry ?? -1n).toBeGreaterThanOrEqual(0n)
      expect((worst.native.untilExpiry ?? 0n) <= values + spec.feeLimit.limit).toBe(true)
      for (const { token, untilExpiry } of worst.tokens) {
        const limits = spec.callPolicies
          .filter(({ target, selector }) => target === token && selector === '0xa9059cbb')
          .flatMap(({ constraints }) => constraints.filter(({ index }) => index === 1))
        expect(untilExpiry).toBe(limits.reduce((sum, { limit }) => sum + most(limit, span), 0n))
      }
      expect(worst.warnings.filter(({ kind }) => kind !== 'AnyPaymaster')).toEqual([])
      for (const { selector } of spec.callPolicies) expect(['0xa9059cbb', '0xc383e22b']).toContain(selector)
    }),
    { numRuns: 400 },
  )
})
