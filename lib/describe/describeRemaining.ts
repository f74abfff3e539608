import type { DescribeContext } from '@/lib/describe/context'
import { formatAmount, formatNumber } from '@/lib/describe/formatAmount'
import { formatDuration } from '@/lib/describe/formatTime'
import { subjectText, unitOfSubject } from '@/lib/describe/subjectText'
import type { Remaining } from '@/lib/policy/remaining'

/** What is left of one limit, for a meter. */
export type RemainingDescription = {
  /** What the limit counts. */
  readonly label: string
  /** `0.8 of 10 DEMO left. Resets in 3 h 12 min.` */
  readonly text: string
  /** Share that is left, 0 to 1, in thousandths. For drawing only. */
  readonly share: number
}

/** Says that a limit is nearly used up: `DEMO by transfer: 1.5 of 10 DEMO left. Resets in 3 h 12 min.` */
export function describeLowLimit(entry: Remaining, context: DescribeContext): string {
  const { label, text } = describeRemaining(entry, context)
  return `${label.replaceAll('`', '')}: ${text}`
}

/** Says what is left of one limited quantity. */
export function describeRemaining(entry: Remaining, context: DescribeContext): RemainingDescription {
  const { limit, left, resetsAt, subject } = entry
  const unit = unitOfSubject(subject, context)
  const count = formatNumber(left, unit?.decimals ?? 0, context.locale)
  const total = unit
    ? formatAmount(limit.limit, unit, context.locale)
    : formatNumber(limit.limit, 0, context.locale)
  const reset = resetsAt === null ? '' : ` Resets in ${formatDuration(resetsAt - context.now)}.`
  return {
    label: subjectText(subject, context),
    text: `${count} of ${total} left.${reset}`,
    share: limit.limit === 0n ? 0 : Number((left * 1000n) / limit.limit) / 1000,
  }
}
