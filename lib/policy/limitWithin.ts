import type { UsageLimit } from '@/lib/policy/spec'
import { mostPeriodsTouched, periodsTouched, type TimeSpan } from '@/lib/policy/worstCase'

/**
 * Whether `granted` never lets pass what `asked` does not, whatever is charged within `span`. Also across kinds: 2 a day is within 10 in
 * all as long as the span touches at most five days.
 */
export function limitWithin(asked: UsageLimit, granted: UsageLimit, span: TimeSpan): boolean {
  if (asked.limitType === 'Unlimited') return true
  if (granted.limitType === 'Unlimited') return false
  if (granted.limitType === 'Lifetime') return granted.limit <= asked.limit
  const touched =
    asked.limitType === 'Lifetime'
      ? periodsTouched(span, granted.period)
      : mostPeriodsTouched(asked.period, granted.period)
  return granted.limit * BigInt(touched) <= asked.limit
}
