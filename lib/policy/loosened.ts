import { numberToHex } from 'viem'
import {
  unlimited,
  unlimitedValue,
  type Constraint,
  type SessionSpec,
  type TransferPolicy,
} from '@/lib/policy/spec'

/** Seconds that a session may last at most when its owner sets the end. */
const longest = 365 * 86_400
/** Greatest fee budget that the contracts store, in wei. */
const greatestFee = 2n ** 80n - 1n

/**
 * How far the owner may go from a session that the wallet suggested: every amount, number of uses, fee and the end is free;
 * contracts, functions, recipients and whatever else is pinned stay. `checkWithin` tells whether a session is within it.
 *
 * @param timestamp - Unix seconds, chain time.
 */
export function loosened(spec: SessionSpec, timestamp: number): SessionSpec {
  return {
    ...spec,
    expiresAt: timestamp + longest,
    feeLimit: { limitType: 'Lifetime', limit: greatestFee, period: 0 },
    transferPolicies: spec.transferPolicies.map(withoutLimits),
    callPolicies: spec.callPolicies.map((policy) => ({
      ...withoutLimits(policy),
      constraints: policy.constraints.map(freed),
    })),
  }
}

function withoutLimits<policy extends TransferPolicy>(policy: policy): policy {
  const maxValuePerUse = policy.maxValuePerUse === 0n ? 0n : unlimitedValue
  const valueLimit = policy.maxValuePerUse === 0n ? policy.valueLimit : unlimited
  return { ...policy, maxValuePerUse, valueLimit, useLimit: unlimited }
}

function freed(constraint: Constraint): Constraint {
  if (constraint.condition === 'Equal') return constraint
  return {
    ...constraint,
    condition: 'Unconstrained',
    refValue: numberToHex(0n, { size: 32 }),
    limit: unlimited,
  }
}
