import { BaseError } from '@/lib/errors/BaseError'
import type { CallPolicy, SessionSpec, TransferPolicy, UsageLimit } from '@/lib/policy/spec'

/** The value limit of policies that take no value. */
export const noValue: UsageLimit = { limitType: 'Lifetime', limit: 0n, period: 0 }

/**
 * Brings a session spec into its one canonical form: policies in canonical order, hex in lower case, no value limit where no value
 * can pass. Two specs that mean the same become equal.
 *
 * @throws {DuplicatePolicyError} Two policies are for the same target (and selector).
 */
export function canonicalSpec(spec: SessionSpec): SessionSpec {
  const { paymaster } = spec
  return {
    signer: lower(spec.signer),
    expiresAt: spec.expiresAt,
    feeLimit: spec.feeLimit,
    paymaster:
      paymaster.mode === 'Listed' ? { mode: 'Listed', paymaster: lower(paymaster.paymaster) } : paymaster,
    transferPolicies: sorted(spec.transferPolicies.map(canonicalTransfer), ({ target }) => target),
    callPolicies: sorted(spec.callPolicies.map(canonicalCall), keyOfCall),
  }
}

/** Whether the policies of a spec stand in canonical order without duplicates. */
export function isCanonicalOrder({ transferPolicies, callPolicies }: SessionSpec): boolean {
  return (
    isAscending(transferPolicies.map(({ target }) => lower(target))) &&
    isAscending(callPolicies.map(keyOfCall))
  )
}

function canonicalTransfer(policy: TransferPolicy): TransferPolicy {
  const { maxValuePerUse, valueLimit, useLimit } = policy
  const none = maxValuePerUse === 0n || (valueLimit.limitType !== 'Unlimited' && valueLimit.limit === 0n)
  return {
    target: lower(policy.target),
    maxValuePerUse: none ? 0n : maxValuePerUse,
    valueLimit: none ? noValue : valueLimit,
    useLimit,
  }
}

function canonicalCall(policy: CallPolicy): CallPolicy {
  return {
    ...canonicalTransfer(policy),
    selector: lower(policy.selector),
    constraints: policy.constraints.map((constraint) => ({
      ...constraint,
      refValue: lower(constraint.refValue),
    })),
  }
}

function keyOfCall({ target, selector }: CallPolicy): string {
  return lower(target) + lower(selector)
}

function sorted<policy>(policies: policy[], keyOf: (policy: policy) => string): policy[] {
  const byKey = new Map<string, policy>()
  for (const policy of policies) {
    const key = keyOf(policy)
    if (byKey.has(key)) throw new DuplicatePolicyError(key)
    byKey.set(key, policy)
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, policy]) => policy)
}

function isAscending(keys: readonly string[]): boolean {
  return keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') < key)
}

function lower<hex extends string>(hex: hex): hex {
  return hex.toLowerCase() as hex
}

/** Two policies of one session are for the same target (and selector). */
export class DuplicatePolicyError extends BaseError {
  override readonly name = 'Policy.DuplicatePolicyError'

  constructor(key: string) {
    const [target, selector] = [key.slice(0, 42), key.slice(42)]
    super(
      selector === ''
        ? `Two transfer policies are for ${target}. Put their limits into one.`
        : `Two call policies are for the function ${selector} of ${target}. Put their constraints into one.`,
      { code: -32602 },
    )
  }
}
