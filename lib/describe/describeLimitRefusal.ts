import type { DescribeContext } from '@/lib/describe/context'
import { formatAmount, formatNumber } from '@/lib/describe/formatAmount'
import { formatDuration } from '@/lib/describe/formatTime'
import { currentPeriod } from '@/lib/describe/periodText'
import { unitOfSubject } from '@/lib/describe/subjectText'
import type { Refusal } from '@/lib/policy/refusal'

/** A refusal by a limit on a running total. */
export type LimitRefusal = Extract<Refusal, { rule: 'LifetimeUsageExceeded' | 'AllowanceExceeded' }>

/** Says by how much a request would pass a limit, and when the limit resets. */
export function describeLimitRefusal(refusal: LimitRefusal, context: DescribeContext): string {
  const { subject, limit, used, amount } = refusal
  const { locale } = context
  const whose = refusal.rule === 'AllowanceExceeded' ? currentPeriod(refusal.period) : "the session's"
  const what = subject.kind === 'fee' ? 'fee limit' : 'limit'
  const reset =
    refusal.rule === 'AllowanceExceeded'
      ? ` Resets in ${formatDuration(refusal.resetsAt - context.now)}.`
      : ''
  if (subject.kind === 'uses') return `Over ${whose} limit: ${used} of ${limit} uses used.${reset}`
  const unit = unitOfSubject(subject, context) ?? { symbol: '', decimals: 0 }
  const total = formatAmount(limit, unit, locale).trim()
  const [before, asked, over] = [used, amount, used + amount - limit].map((value) =>
    formatNumber(value, unit.decimals, locale),
  )
  return `Over ${whose} ${what}: ${before} of ${total} used, this asks ${asked}, ${over} too much.${reset}`
}
