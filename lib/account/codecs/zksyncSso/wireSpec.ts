import { size, type Address, type Hex } from 'viem'
import { SpecEncodingError } from '@/lib/account/codecs/specErrors'
import { isCanonicalOrder } from '@/lib/policy/canonicalSpec'
import { conditions, limitTypes, type Constraint, type SessionSpec, type UsageLimit } from '@/lib/policy/spec'

type WireLimit = { readonly limitType: number; readonly limit: bigint; readonly period: number }

/** A session spec as the struct that the session module knows. `useLimit` and `paymaster` are not part of it. */
export type WireSpec = {
  readonly signer: Address
  readonly expiresAt: number
  readonly feeLimit: WireLimit
  readonly callPolicies: readonly {
    readonly target: Address
    readonly selector: Hex
    readonly maxValuePerUse: bigint
    readonly valueLimit: WireLimit
    readonly constraints: readonly {
      readonly condition: number
      readonly index: bigint
      readonly refValue: Hex
      readonly limit: WireLimit
    }[]
  }[]
  readonly transferPolicies: readonly {
    readonly target: Address
    readonly maxValuePerUse: bigint
    readonly valueLimit: WireLimit
  }[]
}

/**
 * Turns a session spec into the struct of the session module.
 *
 * @param spec - In canonical order.
 * @throws {SpecEncodingError} The contracts would refuse it, or could not hold a value.
 */
export function wireSpec(spec: SessionSpec): WireSpec {
  const { signer, expiresAt, feeLimit, callPolicies, transferPolicies } = spec
  if (!isCanonicalOrder(spec)) throw new SpecEncodingError('policies', 'must stand in canonical order')
  if (callPolicies.length + transferPolicies.length === 0)
    throw new SpecEncodingError('policies', 'must not be empty')
  if (BigInt(signer) === 0n) throw new SpecEncodingError('signer', 'must not be zero')
  if (feeLimit.limitType === 'Unlimited') throw new SpecEncodingError('feeLimit', 'must not be unlimited')
  return {
    signer,
    expiresAt: seconds(expiresAt, 'expiresAt'),
    feeLimit: wireLimit(feeLimit, 'feeLimit'),
    callPolicies: callPolicies.map((policy, index) => {
      const path = `callPolicies[${index}]`
      if (size(policy.selector) !== 4) throw new SpecEncodingError(`${path}.selector`, 'must have 4 bytes')
      return {
        target: policy.target,
        selector: policy.selector,
        maxValuePerUse: uint256(policy.maxValuePerUse, `${path}.maxValuePerUse`),
        valueLimit: wireLimit(policy.valueLimit, `${path}.valueLimit`),
        constraints: policy.constraints.map((constraint, place) =>
          wireConstraint(constraint, `${path}.constraints[${place}]`),
        ),
      }
    }),
    transferPolicies: transferPolicies.map((policy, index) => ({
      target: policy.target,
      maxValuePerUse: uint256(policy.maxValuePerUse, `transferPolicies[${index}].maxValuePerUse`),
      valueLimit: wireLimit(policy.valueLimit, `transferPolicies[${index}].valueLimit`),
    })),
  }
}

function wireConstraint({ condition, index, refValue, limit }: Constraint, path: string) {
  if (size(refValue) !== 32) throw new SpecEncodingError(`${path}.refValue`, 'must have 32 bytes')
  return {
    condition: conditions.indexOf(condition),
    index: BigInt(index),
    refValue,
    limit: wireLimit(limit, `${path}.limit`),
  }
}

function wireLimit({ limitType, limit, period }: UsageLimit, path: string): WireLimit {
  if (limitType === 'Allowance' && period < 1)
    throw new SpecEncodingError(`${path}.period`, 'must be at least 1 second')
  return {
    limitType: limitTypes.indexOf(limitType),
    limit: uint256(limit, `${path}.limit`),
    period: seconds(period, `${path}.period`),
  }
}

function uint256(value: bigint, path: string): bigint {
  if (value < 0n || value >= 2n ** 256n) throw new SpecEncodingError(path, 'must be between 0 and 2^256 − 1')
  return value
}

function seconds(value: number, path: string): number {
  if (!Number.isSafeInteger(value) || value < 0 || value >= 2 ** 48)
    throw new SpecEncodingError(path, 'must be a whole number between 0 and 2^48 − 1')
  return value
}
