import type { AnyPolicy } from '@/lib/policy/cells'
import { knownFunction } from '@/lib/policy/knownFunctions'
import { unlimitedValue, type Constraint } from '@/lib/policy/spec'
import {
  least,
  leastOf,
  noFigure,
  noLoss,
  timesUses,
  worstOfLimit,
  type TimeSpan,
  type WorstCase,
} from '@/lib/policy/worstCase'

/** A token amount that limits nothing: no token's supply comes near it. */
const unlimitedAmount = 2n ** 128n - 1n

/** Worst case of the native value that goes to a policy's target, in wei. */
export function worstOfValue({ maxValuePerUse, valueLimit, useLimit }: AnyPolicy, span: TimeSpan): WorstCase {
  if (maxValuePerUse === 0n) return noLoss
  // No use takes more than its limit lets pass.
  const perUse = least(
    maxValuePerUse >= unlimitedValue ? null : maxValuePerUse,
    valueLimit.limitType === 'Unlimited' || valueLimit.limit >= unlimitedValue ? null : valueLimit.limit,
  )
  const byLimit = valueLimit.limit >= unlimitedValue ? noFigure : worstOfLimit(valueLimit, span)
  return leastOf(byLimit, timesUses(perUse, worstOfLimit(useLimit, span)))
}

/**
 * Worst case of the tokens that a policy can give away or approve, in their smallest unit; `null` when its function is not known
 * to move tokens.
 */
export function worstOfTokens(policy: AnyPolicy, span: TimeSpan): WorstCase | null {
  if (policy.kind === 'transfer') return null
  const known = knownFunction(policy.selector)
  if (known?.kind !== 'spend' && known?.kind !== 'approve') return null
  const onWord = policy.constraints.filter(({ index }) => index === known.amount)
  const byLimit = onWord
    .map(({ limit }) => (limit.limit >= unlimitedAmount ? noFigure : worstOfLimit(limit, span)))
    .reduce(leastOf, noFigure)
  const perUse = onWord.map(greatestAllowed).reduce(least, null)
  return leastOf(byLimit, timesUses(perUse, worstOfLimit(policy.useLimit, span)))
}

/** Greatest word that a constraint lets pass; `null` when it bounds nothing. */
function greatestAllowed({ condition, refValue, limit }: Constraint): bigint | null {
  const reference = BigInt(refValue)
  const byCondition =
    condition === 'Equal' || condition === 'LessOrEqual'
      ? reference
      : condition === 'Less'
        ? reference - (reference > 0n ? 1n : 0n)
        : null
  const greatest = least(byCondition, limit.limitType === 'Unlimited' ? null : limit.limit)
  return greatest !== null && greatest >= unlimitedAmount ? null : greatest
}
