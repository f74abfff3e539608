import { expect, test } from 'vitest'
import type { Call } from '@/lib/policy/call'
import { check } from '@/lib/policy/check'
import { unlimited, type CallPolicy, type SessionSpec } from '@/lib/policy/spec'
import type { Usage } from '@/lib/policy/usage'
import { compareWidth, widthOf } from '@/lib/policy/width'
import {
  allowance,
  day,
  lifetime,
  midnight,
  orchardSpec,
  plantCall,
  plantPolicy,
  rules,
  shop,
  tipCall,
  transferCall,
  transferPolicy,
  word,
} from './fixtures'

const ether = 10n ** 18n
const [recipient, amount] = transferPolicy.constraints
if (!recipient || !amount) throw new Error('the fixture has both')

function width(spec: SessionSpec, calls: readonly Call[], usage: Usage = {}) {
  const verdict = check({ spec, usage, calls, fee: { fee: 0n }, timestamp: midnight, banned: [], rules })
  if (!verdict.ok) throw new Error(verdict.refusal.rule)
  return widthOf({ spec, usage, calls, policyIndex: verdict.policyIndex, timestamp: midnight })
}

/** The first is narrower, whichever way they are asked. */
function expectNarrower(narrow: SessionSpec, wide: SessionSpec, calls: readonly Call[], usage: Usage = {}) {
  expect(compareWidth(width(narrow, calls, usage), width(wide, calls))).toBe(-1)
  expect(compareWidth(width(wide, calls), width(narrow, calls, usage))).toBe(1)
}

const withTransfer = (change: Partial<CallPolicy>): SessionSpec => ({
  ...orchardSpec,
  callPolicies: [{ ...transferPolicy, ...change }, plantPolicy],
})
const pay = [transferCall(ether)]

test('behavior: the one that may move less in all is narrower, also with more policies', () => {
  const total = (limit: bigint) => ({ constraints: [recipient, { ...amount, limit: allowance(limit, day) }] })
  const alone = { ...withTransfer(total(10n * ether)), callPolicies: [transferPolicy], transferPolicies: [] }
  expectNarrower(withTransfer(total(9n * ether)), alone, pay)
  expectNarrower(withTransfer(total(9n * ether)), withTransfer({ constraints: [recipient] }), pay)
})

test('behavior: what is used up counts, not what was approved', () => {
  const usage = { '1.argument.1': { used: 8n * ether, period: midnight / day } }
  const smaller = withTransfer({ constraints: [recipient, { ...amount, limit: lifetime(15n * ether) }] })
  // 10 a day over two days, 8 of today's used: 12 are left.
  expectNarrower(orchardSpec, smaller, pay, usage)
  expectNarrower(smaller, orchardSpec, pay)
})

test('behavior: native value comes first, bounded by uses where they bound it', () => {
  const tips = (change: object): SessionSpec => ({
    ...orchardSpec,
    transferPolicies: orchardSpec.transferPolicies.map((policy) => ({ ...policy, ...change })),
  })
  expectNarrower(tips({ valueLimit: lifetime(9n * 10n ** 15n) }), orchardSpec, [tipCall(1n)])
  const uses = tips({ valueLimit: unlimited, useLimit: lifetime(4n) })
  expectNarrower(uses, orchardSpec, [tipCall(1n)])
  expectNarrower(orchardSpec, tips({ valueLimit: unlimited, useLimit: unlimited }), [tipCall(1n)])
})

test('behavior: fewer uses, then fewer values of an argument, then more constraints', () => {
  const plots = (change: Partial<CallPolicy>): SessionSpec => ({
    ...orchardSpec,
    callPolicies: [transferPolicy, { ...plantPolicy, ...change }],
  })
  const [plot] = plantPolicy.constraints
  if (!plot) throw new Error('the fixture has it')
  const plant = [plantCall(5n)]
  expectNarrower(plots({ useLimit: allowance(19n, 3600) }), orchardSpec, plant)
  expectNarrower(plots({ constraints: [{ ...plot, refValue: word(35n) }] }), orchardSpec, plant)
  expectNarrower(
    plots({ constraints: [{ ...plot, condition: 'Equal', refValue: word(5n) }] }),
    orchardSpec,
    plant,
  )
  const from = { ...plot, condition: 'GreaterOrEqual' as const, refValue: word(1n) }
  expectNarrower(plots({ constraints: [plot, from] }), orchardSpec, plant)
  expectNarrower(orchardSpec, plots({ constraints: [] }), plant)
  const not = { ...plot, condition: 'NotEqual' as const, refValue: word(1n) }
  expectNarrower(plots({ constraints: [plot, not] }), orchardSpec, plant)
})

test('behavior: with equal policies: fewer of them, then fewer fees, then the earlier end', () => {
  expectNarrower({ ...orchardSpec, transferPolicies: [] }, orchardSpec, pay)
  expectNarrower({ ...orchardSpec, feeLimit: lifetime(10n ** 14n) }, orchardSpec, pay)
  // The end decides only where it changes no figure.
  const late = { ...orchardSpec, expiresAt: orchardSpec.expiresAt + 60 }
  expectNarrower(orchardSpec, late, pay)
  expect(compareWidth(width(orchardSpec, pay), width(orchardSpec, pay))).toBe(0)
})

test('behavior: a batch is compared policy by policy in the order of its calls', () => {
  const fewerPlots: SessionSpec = {
    ...orchardSpec,
    callPolicies: [transferPolicy, { ...plantPolicy, useLimit: allowance(19n, 3600) }],
  }
  expectNarrower(fewerPlots, orchardSpec, [transferCall(1n), transferCall(2n), plantCall(1n)])
  expect(width(orchardSpec, [transferCall(1n), transferCall(2n)])).toHaveLength(
    width(orchardSpec, [transferCall(1n)]).length,
  )
  expect(shop).toBe(orchardSpec.transferPolicies[0]?.target)
})
