import type { Call } from '@/lib/policy/call'
import { policiesOf, type AnyPolicy } from '@/lib/policy/cells'
import { unlimitedValue, type Constraint, type SessionSpec, type UsageLimit } from '@/lib/policy/spec'
import type { CellId, Usage } from '@/lib/policy/usage'
import { periodOf, unused } from '@/lib/policy/usageLimit'
import { least, periodsTouched } from '@/lib/policy/worstCase'

/** How much a session allows where some calls are concerned: numbers to be compared one after the other; `null` is no bound. */
export type Width = readonly (bigint | null)[]

/** What {@link widthOf} measures. */
export type WidthRequest = {
  readonly spec: SessionSpec
  /** Settled and reserved. */
  readonly usage: Usage
  readonly calls: readonly Call[]
  /** Place of each call's policy, as `check` answered. */
  readonly policyIndex: readonly number[]
  /** Unix seconds, chain time. */
  readonly timestamp: number
}

/**
 * Measures a session that allows some calls, so that the narrowest of several can sign. In this order:
 * 1. for each policy that the calls use, in the order of the calls: the native value that it may still send until expiry; the
 *    running total that each word of the arguments may still reach; its uses left; the number of values that each word may take;
 *    the number of its constraints (more is narrower);
 * 2. the number of the session's policies;
 * 3. the fees that it may still spend;
 * 4. its expiry.
 */
export function widthOf({ spec, usage, calls, policyIndex, timestamp }: WidthRequest): Width {
  const policies = policiesOf(spec)
  const left = (cell: CellId, limit: UsageLimit) => leftUntilExpiry(cell, limit, usage, spec, timestamp)
  const seen = new Set<number>()
  const width: (bigint | null)[] = []
  for (const [place, index] of policyIndex.entries()) {
    const policy = policies[index]
    if (policy === undefined || seen.has(index)) continue
    seen.add(index)
    width.push(...widthOfPolicy(policy, index, wordsOf(calls[place]), left))
  }
  return [...width, BigInt(policies.length), left('fee', spec.feeLimit), BigInt(spec.expiresAt)]
}

/** Compares two widths for the same calls, as `Array.prototype.sort` wants it: the narrower first. */
export function compareWidth(a: Width, b: Width): number {
  for (const [place, one] of a.entries()) {
    const other = b[place] ?? null
    if (one === other) continue
    if (one === null) return 1
    return other === null || one < other ? -1 : 1
  }
  return 0
}

type Left = (cell: CellId, limit: UsageLimit) => bigint | null

function widthOfPolicy(policy: AnyPolicy, index: number, words: number, left: Left): Width {
  const { maxValuePerUse, valueLimit, useLimit } = policy
  const constraints = policy.kind === 'call' ? policy.constraints : []
  const uses = left(`${index}.uses`, useLimit)
  const byUses = uses === null || maxValuePerUse >= unlimitedValue ? null : uses * maxValuePerUse
  const value = maxValuePerUse === 0n ? 0n : least(left(`${index}.value`, valueLimit), byUses)
  const everyWord = Array.from({ length: words }, (_, word) => word)
  const totals = everyWord.map((word) =>
    constraints.reduce<bigint | null>(
      (bound, { index: own, limit }, place) =>
        own === word ? least(bound, left(`${index}.argument.${place}`, limit)) : bound,
      null,
    ),
  )
  const values = everyWord.map((word) => valuesAllowed(constraints, word))
  // Fewer than 256 constraints fit a policy.
  return [value, ...totals, uses, ...values, BigInt(256 - constraints.length)]
}

function leftUntilExpiry(
  cell: CellId,
  limit: UsageLimit,
  usage: Usage,
  spec: SessionSpec,
  timestamp: number,
): bigint | null {
  if (limit.limitType === 'Unlimited') return null
  const recorded = usage[cell] ?? unused
  const used = recorded.period === periodOf(limit, timestamp) ? recorded.used : 0n
  const now = used < limit.limit ? limit.limit - used : 0n
  if (limit.limitType === 'Lifetime') return now
  const later = periodsTouched({ from: timestamp, until: spec.expiresAt }, limit.period) - 1
  return now + limit.limit * BigInt(Math.max(0, later))
}

/** How many values the conditions on a word allow together; `null` when none bounds it. */
function valuesAllowed(constraints: readonly Constraint[], word: number): bigint | null {
  let from = 0n
  let to: bigint | null = null
  for (const { condition, refValue, index } of constraints) {
    if (index !== word) continue
    const reference = BigInt(refValue)
    if (condition === 'Equal') return 1n
    if (condition === 'Greater' && reference >= from) from = reference + 1n
    if (condition === 'GreaterOrEqual' && reference > from) from = reference
    if (condition === 'Less') to = least(to, reference - 1n)
    if (condition === 'LessOrEqual') to = least(to, reference)
  }
  return to === null ? null : to - from + 1n
}

/** Words of a call's arguments, whole ones; as many are compared as specs are likely to name. */
function wordsOf(call: Call | undefined): number {
  return call === undefined ? 0 : Math.min(32, Math.max(0, Math.floor((call.data.length - 10) / 64)))
}
