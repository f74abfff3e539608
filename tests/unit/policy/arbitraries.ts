import fc from 'fast-check'
import type { Address, Hex } from 'viem'
import { canonicalSpec } from '@/lib/policy/canonicalSpec'
import {
  conditions,
  unlimited,
  unlimitedValue,
  type CallPolicy,
  type Constraint,
  type SessionSpec,
  type TransferPolicy,
  type UsageLimit,
} from '@/lib/policy/spec'
import { day, demo, midnight, orchard, shop, signer, sponsor, thief, word } from './fixtures'

/** Small numbers, so that limits are met often. */
const small = fc.bigInt(0n, 12n)
const period = fc.constantFrom(90, 3600, 5400, 7200, day, 7 * day)

/** A limit of any kind. */
export const anyLimit: fc.Arbitrary<UsageLimit> = fc.oneof(
  fc.constant(unlimited),
  small.map((limit): UsageLimit => ({ limitType: 'Lifetime', limit, period: 0 })),
  fc.record({ limitType: fc.constant('Allowance' as const), limit: small, period }),
)
const bounded = anyLimit.filter(({ limitType }) => limitType !== 'Unlimited')
const uses = anyLimit.filter(({ limitType, limit }) => limitType === 'Unlimited' || limit > 0n)

/** A rule for the first or second word. */
export const anyConstraint: fc.Arbitrary<Constraint> = fc
  .record({
    condition: fc.constantFrom(...conditions),
    index: fc.constantFrom(0, 1),
    reference: small,
    limit: anyLimit,
  })
  .map(({ condition, index, reference, limit }) => ({
    condition,
    index,
    refValue: word(condition === 'Unconstrained' ? 0n : reference),
    limit,
  }))

const limits = {
  maxValuePerUse: fc.oneof(small, fc.constant(unlimitedValue)),
  valueLimit: anyLimit,
  useLimit: uses,
}
const transferPolicy: fc.Arbitrary<TransferPolicy> = fc.record({
  target: fc.constantFrom<Address>(shop, thief),
  ...limits,
})
const selectors: readonly Hex[] = ['0xa9059cbb', '0x095ea7b3', '0xc383e22b', '0xac9650d8', '0xa22cb465']
const callPolicy: fc.Arbitrary<CallPolicy> = fc.record({
  target: fc.constantFrom<Address>(demo, orchard),
  selector: fc.constantFrom(...selectors),
  ...limits,
  constraints: fc.array(anyConstraint, { maxLength: 3 }),
})

/** A spec with at least one policy that begins at `midnight`. */
export const anySpec: fc.Arbitrary<SessionSpec> = fc
  .record({
    signer: fc.constant<Address>(signer),
    expiresAt: fc.integer({ min: midnight + 60, max: midnight + 20 * day }),
    feeLimit: bounded,
    paymaster: fc.constantFrom<SessionSpec['paymaster']>(
      { mode: 'None' },
      { mode: 'Any' },
      { mode: 'Listed', paymaster: sponsor },
    ),
    transferPolicies: fc.uniqueArray(transferPolicy, { maxLength: 2, selector: ({ target }) => target }),
    callPolicies: fc.uniqueArray(callPolicy, {
      maxLength: 3,
      selector: ({ target, selector }) => target + selector,
    }),
  })
  .filter(({ transferPolicies, callPolicies }) => transferPolicies.length + callPolicies.length > 0)
  .map(canonicalSpec)
