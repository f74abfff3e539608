import type { DescribeContext } from '@/lib/describe/context'
import { formatAmount, formatNumber, unitOf } from '@/lib/describe/formatAmount'
import { formatDuration } from '@/lib/describe/formatTime'
import { nameOf } from '@/lib/describe/nameOf'
import type { GuardRefusal } from '@/lib/policy/refusal'

/** Says which of the user's own limits stopped a request, and when it frees again. */
export function describeGuardRefusal(refusal: GuardRefusal, context: DescribeContext): string {
  switch (refusal.rule) {
    case 'GuardPerMinute': {
      const { cap, signed, waitSeconds } = refusal
      if (cap === 0) return 'Over your own limit: nothing is to sign itself.'
      return `Over your own limit: ${signed} of ${cap} automatic transactions signed within a minute. Frees in ${formatDuration(waitSeconds)}.`
    }
    case 'GuardDailyCeiling': {
      const { asset, limit, used, amount, resetsAt } = refusal
      const unit = asset === 'native' ? context.currency : unitOf(asset, context)
      const [before, asked, over] = [used, amount, used + amount - limit].map((value) =>
        formatNumber(value, unit.decimals, context.locale),
      )
      const total = formatAmount(limit, unit, context.locale)
      return `Over your own limit of the day: ${before} of ${total} used on all sites, this asks ${asked}, ${over} too much. Resets in ${formatDuration(resetsAt - context.now)}.`
    }
    case 'GuardUnreadable':
      return `Your own limit of the day holds for ${nameOf(refusal.target, context)}, and what this call takes of it cannot be read.`
  }
}
