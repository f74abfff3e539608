import fc from 'fast-check'
import { numberToHex, type Address, type Hex } from 'viem'
import { canonicalSpec } from '@/lib/policy/canonicalSpec'
import {
  conditions,
  unlimited,
  type CallPolicy,
  type Constraint,
  type PaymasterRule,
  type SessionSpec,
  type TransferPolicy,
  type UsageLimit,
} from '@/lib/policy/spec'

/** Makes an unsigned integer that fits a field of so many bytes. */
export type Amounts = (bytes: number) => fc.Arbitrary<bigint>

/** Amounts over the whole width of their fields. */
export const wideAmounts: Amounts = (bytes) => fc.bigInt(0n, 2n ** BigInt(8 * bytes) - 1n)
/** Amounts so small that random calls meet them often. */
export const smallAmounts: Amounts = () => fc.bigInt(0n, 12n)

export const targets: readonly Address[] = [
  '0x1111111111111111111111111111111111111111',
  '0x2222222222222222222222222222222222222222',
  '0xfefefefefefefefefefefefefefefefefefefefe',
]
export const selectors: readonly Hex[] = ['0x00000000', '0xa9059cbb', '0xffffffff']

/** Specs in canonical form. */
export function specArbitrary(
  amounts: Amounts,
  signer: fc.Arbitrary<Address>,
  expiresAt: fc.Arbitrary<number>,
): fc.Arbitrary<SessionSpec> {
  const policies = fc
    .record({
      transferPolicies: fc.uniqueArray(transferArbitrary(amounts), { selector: keyOf, maxLength: 3 }),
      callPolicies: fc.uniqueArray(callArbitrary(amounts), { selector: keyOf, maxLength: 5 }),
    })
    .filter(({ transferPolicies, callPolicies }) => transferPolicies.length + callPolicies.length > 0)
  return fc
    .record({
      signer,
      expiresAt,
      feeLimit: fc.oneof(lifetimeOf(amounts(10)), allowanceOf(amounts(10))),
      paymaster: fc.constantFrom<PaymasterRule>(
        { mode: 'None' },
        { mode: 'Listed', paymaster: '0x3333333333333333333333333333333333333333' },
        { mode: 'Any' },
      ),
      policies,
    })
    .map(({ policies: lists, ...rest }) => canonicalSpec({ ...rest, ...lists }))
}

function transferArbitrary(amounts: Amounts): fc.Arbitrary<TransferPolicy> {
  return fc.record({
    target: fc.constantFrom(...targets),
    maxValuePerUse: amounts(12),
    valueLimit: limitOf(amounts(12), amounts(12)),
    useLimit: fc.oneof(
      fc.constant(unlimited),
      lifetimeOf(fc.bigInt(1n, 4n)),
      allowanceOf(fc.bigInt(1n, 65535n)),
    ),
  })
}

function callArbitrary(amounts: Amounts): fc.Arbitrary<CallPolicy> {
  return fc
    .tuple(
      transferArbitrary(amounts),
      fc.constantFrom(...selectors),
      fc.array(constraintArbitrary(amounts), { maxLength: 3 }),
    )
    .map(([policy, selector, constraints]) => ({ ...policy, selector, constraints }))
}

function constraintArbitrary(amounts: Amounts): fc.Arbitrary<Constraint> {
  return fc
    .record({
      condition: fc.constantFrom(...conditions),
      index: fc.integer({ min: 0, max: 2 }),
      reference: amounts(32),
      limit: limitOf(amounts(16), amounts(12)),
    })
    .map(({ condition, index, reference, limit }) => ({
      condition,
      index,
      refValue: numberToHex(condition === 'Unconstrained' ? 0n : reference, { size: 32 }),
      limit,
    }))
}

function limitOf(lifetime: fc.Arbitrary<bigint>, perPeriod: fc.Arbitrary<bigint>): fc.Arbitrary<UsageLimit> {
  return fc.oneof(fc.constant(unlimited), lifetimeOf(lifetime), allowanceOf(perPeriod))
}

function lifetimeOf(total: fc.Arbitrary<bigint>): fc.Arbitrary<UsageLimit> {
  return total.map((limit) => ({ limitType: 'Lifetime', limit, period: 0 }))
}

function allowanceOf(total: fc.Arbitrary<bigint>): fc.Arbitrary<UsageLimit> {
  return fc
    .tuple(total, fc.constantFrom(1, 60, 3600, 86_400, 2 ** 32 - 1))
    .map(([limit, period]) => ({ limitType: 'Allowance', limit, period }))
}

function keyOf(policy: TransferPolicy | CallPolicy): string {
  return policy.target + ('selector' in policy ? policy.selector : '')
}
