import type { AnyPolicy } from '@/lib/policy/cells'
import { knownFunction } from '@/lib/policy/knownFunctions'
import { unlimitedValue, type Constraint } from '@/lib/policy/spec'
import type { Used } from '@/lib/policy/usage'
import { unused } from '@/lib/policy/usageLimit'
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

/** What was used of the limits of one policy; its constraints by their place. */
export type UsedOfPolicy = (part: 'value' | 'uses' | `argument.${number}`) => Used

const nothing: UsedOfPolicy = () => unused

/** Worst case of the native value that goes to a policy's target, in wei. */
export function worstOfValue(
  { maxValuePerUse, valueLimit, useLimit }: AnyPolicy,
  span: TimeSpan,
  used: UsedOfPolicy = nothing,
): WorstCase {
  if (maxValuePerUse === 0n) return noLoss
  // No use takes more than its limit lets pass.
  const perUse = least(
    maxValuePerUse >= unlimitedValue ? null : maxValuePerUse,
    valueLimit.limitType === 'Unlimited' || valueLimit.limit >= unlimitedValue ? null : valueLimit.limit,
  )
  const byLimit =
    valueLimit.limit >= unlimitedValue ? noFigure : worstOfLimit(valueLimit, span, used('value'))
  return leastOf(byLimit, timesUses(perUse, worstOfLimit(useLimit, span, used('uses'))))
}

/**
 * Worst case of the tokens that a policy can give away or approve, in their smallest unit; `null` when its function is not known
 * to move tokens. What was approved already counts as still to be lost: it can be taken as long as the approval stands.
 */
export function worstOfTokens(
  policy: AnyPolicy,
  span: TimeSpan,
  used: UsedOfPolicy = nothing,
): WorstCase | null {
  if (policy.kind === 'transfer') return null
  const known = knownFunction(policy.selector)
  if (known?.kind !== 'spend' && known?.kind !== 'approve') return null
  const gone = known.kind === 'spend' ? used : nothing
  const onWord = [...policy.constraints.entries()].filter(([, { index }]) => index === known.amount)
  const byLimit = onWord
    .map(([place, { limit }]) =>
      limit.limit >= unlimitedAmount ? noFigure : worstOfLimit(limit, span, gone(`argument.${place}`)),
    )
    .reduce(leastOf, noFigure)
  const perUse = onWord.map(([, constraint]) => greatestAllowed(constraint)).reduce(least, null)
  return leastOf(byLimit, timesUses(perUse, worstOfLimit(policy.useLimit, span, gone('uses'))))
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
