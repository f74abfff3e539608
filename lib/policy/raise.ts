import { numberToHex, type Hex } from 'viem'
import type { Call } from '@/lib/policy/call'
import type { Refusal } from '@/lib/policy/refusal'
import type { CallPolicy, Constraint, SessionSpec, TransferPolicy, UsageLimit } from '@/lib/policy/spec'

/** A refusal by a number of a policy, or of the fee budget. */
type NumberRefusal = Extract<
  Refusal,
  { rule: 'MaxValueExceeded' | 'LifetimeUsageExceeded' | 'AllowanceExceeded' | 'ConditionViolated' }
>

/** A new limit where a policy sent no value before: what the request sends, once a UTC day. */
const day = 86_400

/** Moves the one number of a session that refused a request, just as far as the request needs. */
export function raise(spec: SessionSpec, refusal: NumberRefusal, calls: readonly Call[]): SessionSpec {
  if ('subject' in refusal && refusal.subject.kind === 'fee')
    return { ...spec, feeLimit: enough(spec.feeLimit, refusal) }
  const call = calls[refusal.call]
  if (call === undefined) return spec
  const target = call.to.toLowerCase()
  const selector = call.data.slice(0, 10).toLowerCase()
  if (call.data === '0x') {
    const change = (policy: TransferPolicy) =>
      policy.target.toLowerCase() === target ? raisedValue(policy, refusal, calls, call) : policy
    return { ...spec, transferPolicies: spec.transferPolicies.map(change) }
  }
  const change = (policy: CallPolicy) =>
    policy.target.toLowerCase() === target && policy.selector.toLowerCase() === selector
      ? { ...raisedValue(policy, refusal, calls, call), constraints: raisedConstraints(policy, refusal) }
      : policy
  return { ...spec, callPolicies: spec.callPolicies.map(change) }
}

function raisedValue<policy extends TransferPolicy>(
  policy: policy,
  refusal: NumberRefusal,
  calls: readonly Call[],
  call: Call,
): policy {
  if (refusal.rule === 'MaxValueExceeded') {
    const sentNone = policy.maxValuePerUse === 0n
    const total = calls
      .filter(
        ({ to, data }) =>
          to.toLowerCase() === call.to.toLowerCase() && data.slice(0, 10) === call.data.slice(0, 10),
      )
      .reduce((sum, { value }) => sum + value, 0n)
    const valueLimit: UsageLimit = sentNone
      ? { limitType: 'Allowance', limit: total, period: day }
      : policy.valueLimit
    return { ...policy, maxValuePerUse: refusal.value, valueLimit }
  }
  if (refusal.rule === 'ConditionViolated') return policy
  const { kind } = refusal.subject
  if (kind === 'value') return { ...policy, valueLimit: enough(policy.valueLimit, refusal) }
  if (kind === 'uses') return { ...policy, useLimit: enough(policy.useLimit, refusal) }
  return policy
}

function raisedConstraints({ constraints }: CallPolicy, refusal: NumberRefusal): readonly Constraint[] {
  if (refusal.rule === 'ConditionViolated') {
    const { index, condition, refValue, actual } = refusal
    const place = constraints.findIndex(
      (own) =>
        own.index === index &&
        own.condition === condition &&
        own.refValue.toLowerCase() === refValue.toLowerCase(),
    )
    return constraints.map((own, at) => (at === place ? loosened(own, BigInt(actual)) : own))
  }
  if (refusal.rule === 'MaxValueExceeded' || refusal.subject.kind !== 'argument') return constraints
  const { index } = refusal.subject
  const place = constraints.findIndex(
    ({ index: own, limit }) =>
      own === index && limit.limitType !== 'Unlimited' && limit.limit === refusal.limit,
  )
  return constraints.map((own, at) => (at === place ? { ...own, limit: enough(own.limit, refusal) } : own))
}

/** The nearest condition that lets `actual` through. */
function loosened(constraint: Constraint, actual: bigint): Constraint {
  const { condition } = constraint
  const words = 2n ** 256n
  if (condition === 'Less' && actual + 1n < words) return { ...constraint, refValue: wordOf(actual + 1n) }
  if (condition === 'Less') return { ...constraint, condition: 'LessOrEqual', refValue: wordOf(actual) }
  if (condition === 'LessOrEqual' || condition === 'GreaterOrEqual')
    return { ...constraint, refValue: wordOf(actual) }
  if (condition === 'Greater' && actual > 0n) return { ...constraint, refValue: wordOf(actual - 1n) }
  // Greater than nothing less than zero, or the one value that was excluded: nothing is left to compare.
  return { ...constraint, condition: 'Unconstrained', refValue: wordOf(0n) }
}

function enough(
  limit: UsageLimit,
  { used, amount }: { readonly used: bigint; readonly amount: bigint },
): UsageLimit {
  return { ...limit, limit: used + amount }
}

const wordOf = (value: bigint): Hex => numberToHex(value, { size: 32 })
