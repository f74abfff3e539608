import type { DescribeContext } from '@/lib/describe/context'
import { formatAmount, unitOf } from '@/lib/describe/formatAmount'
import { formatDuration } from '@/lib/describe/formatTime'
import { nameOf } from '@/lib/describe/nameOf'
import type { Oddity } from '@/lib/policy/unusual'

/** Says what is unusual about a session. */
export function describeOddity(oddity: Oddity, context: DescribeContext): string {
  switch (oddity.kind) {
    case 'Long': {
      const { seconds, before } = oddity
      const long = `Long: it lasts ${formatDuration(seconds)}.`
      return before === null
        ? `${long} Most sessions need hours or days.`
        : `${long} The longest that this site had lasted ${formatDuration(before)}.`
    }
    case 'More': {
      const { asset, amount, before } = oddity
      const unit = asset === 'native' ? context.currency : unitOf(asset, context)
      const text = `More than before: up to ${formatAmount(amount, unit, context.locale)}`
      return before === 0n
        ? `${text}, which no session of this site could touch.`
        : `${text}. The widest session of this site could lose ${formatAmount(before, unit, context.locale)}.`
    }
    case 'New': {
      const names = oddity.targets.map((target) => nameOf(target, context))
      const shown = names.slice(0, 3).join(', ')
      const rest = names.length > 3 ? ` and ${names.length - 3} more` : ''
      return `New to you: no session or recent transaction of yours was with ${shown}${rest}.`
    }
  }
}
