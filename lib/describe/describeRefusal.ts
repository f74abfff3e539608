import type { DescribeContext } from '@/lib/describe/context'
import { describeConditionRefusal } from '@/lib/describe/describeConditionRefusal'
import { describeGuardRefusal } from '@/lib/describe/describeGuardRefusal'
import { describeLimitRefusal } from '@/lib/describe/describeLimitRefusal'
import { formatAmount } from '@/lib/describe/formatAmount'
import { formatEnd } from '@/lib/describe/formatTime'
import { functionName } from '@/lib/describe/knownText'
import { nameOf } from '@/lib/describe/nameOf'
import type { Refusal } from '@/lib/policy/refusal'

const notActive = {
  pending: 'The session is not on the chain yet. Wait a moment, or approve just this.',
  paused: 'The session is paused. Resume it, or approve just this.',
  locked: 'Locked. Unlock to let the session sign again, or approve just this.',
  unknown:
    'What the session used is not known here: its record was damaged. It is being read from the chain. Wait, or approve just this.',
} as const

/** Says why a session does not allow a request: the rule, its numbers, and the way forward where there is one. */
export function describeRefusal(refusal: Refusal, context: DescribeContext): string {
  const { currency, locale } = context
  switch (refusal.rule) {
    case 'SessionNotActive':
      if (refusal.status === 'closed' || refusal.status === 'closing')
        return endedText(refusal.endedAt, context)
      return notActive[refusal.status]
    case 'SessionExpired':
      return endedText(refusal.expiresAt, context)
    case 'NoCalls':
      return 'The request contains no call.'
    case 'TooManyCalls':
      return refusal.maximum === 1
        ? `Sessions of this account make one call at a time, this asks ${refusal.calls} at once.`
        : `Too many calls at once: ${refusal.calls}, where ${refusal.maximum} are possible.`
    case 'TargetBanned':
      return `No session may call ${nameOf(refusal.target, context)}: it guards your account.`
    case 'InvalidDataLength':
      return `Data cut off: ${refusal.length} bytes, where ${refusal.required} are needed.`
    case 'CallPolicyViolated': {
      const what = functionName(refusal.target, refusal.selector, context)
      const target = nameOf(refusal.target, context)
      return refusal.targetKnown
        ? `Not in the session: ${what} of ${target}. It allows other functions of this contract only.`
        : `Not in the session: ${what} of ${target}. It allows no call to this contract.`
    }
    case 'TransferPolicyViolated':
      return refusal.allowed.length === 0
        ? `Not in the session: it pays nobody, asked ${nameOf(refusal.target, context)}.`
        : `Different recipient: allowed ${refusal.allowed.map((target) => nameOf(target, context)).join(', ')}, asked ${nameOf(refusal.target, context)}.`
    case 'MaxValueExceeded': {
      const asked = formatAmount(refusal.value, currency, locale)
      if (refusal.maxValuePerUse === 0n)
        return `The session sends no ${currency.symbol} here, this asks ${asked}.`
      return `Over the limit of one use: allowed ${formatAmount(refusal.maxValuePerUse, currency, locale)}, this asks ${asked}.`
    }
    case 'ConditionViolated':
      return describeConditionRefusal(refusal, context)
    case 'LifetimeUsageExceeded':
    case 'AllowanceExceeded':
      return describeLimitRefusal(refusal, context)
    case 'PeriodElapsed':
      return "This computer's clock is behind the chain. Wait a moment and try again."
    case 'PaymasterNotAllowed':
      return `Another sponsor: the session does not allow ${nameOf(refusal.paymaster, context)} to pay its fees.`
    case 'EmptyTimeRange':
      return 'The calls count in different periods and can never be valid together. Send them one by one.'
    case 'GuardPerMinute':
    case 'GuardDailyCeiling':
    case 'GuardUnreadable':
      return describeGuardRefusal(refusal, context)
  }
}

function endedText(endedAt: number | undefined, context: DescribeContext): string {
  const when = endedAt === undefined ? '' : ` ${formatEnd(endedAt, context)}`
  return `The session ended${when}. Renew it unchanged, or approve just this.`
}
