import type { DescribeContext } from '@/lib/describe/context'
import { describePolicy } from '@/lib/describe/describePolicy'
import { feeText } from '@/lib/describe/feeText'
import { formatAmount, formatNumber } from '@/lib/describe/formatAmount'
import { formatMoment } from '@/lib/describe/formatTime'
import { nameOf } from '@/lib/describe/nameOf'
import { subjectText, unitOfSubject } from '@/lib/describe/subjectText'
import { keyOf } from '@/lib/policy/carryUsage'
import { policiesOf } from '@/lib/policy/cells'
import { remaining, type Remaining } from '@/lib/policy/remaining'
import type { SessionSpec } from '@/lib/policy/spec'
import type { Usage } from '@/lib/policy/usage'

/** One difference between two sessions. `before` is `null` for something new, `after` for something that is gone. */
export type Change = { readonly before: string | null; readonly after: string | null }

/** What {@link describeChange} tells. */
export type ChangeDescription = {
  readonly changes: readonly Change[]
  /** That limits start anew, with what was used of the old ones. */
  readonly anew: string
}

/**
 * Says in sentences what a session may do that the one before it may not, and that nothing used is carried over.
 *
 * @param usage - Of the old session.
 */
export function describeChange(
  before: SessionSpec,
  after: SessionSpec,
  usage: Usage,
  context: DescribeContext,
): ChangeDescription {
  const old = sentencesOf(before, context)
  const next = sentencesOf(after, context)
  const keys = new Set([...old.keys(), ...next.keys()])
  const changes = [...keys].flatMap((key) => {
    const change = { before: old.get(key) ?? null, after: next.get(key) ?? null }
    return change.before === change.after ? [] : [change]
  })
  return { changes, anew: anewText(before, usage, context) }
}

function sentencesOf(spec: SessionSpec, context: DescribeContext): Map<string, string> {
  const { paymaster } = spec
  const sentences = new Map(
    policiesOf(spec).map((policy) => [keyOf(policy), describePolicy(policy, context)] as const),
  )
  sentences.set('fees', feeText(spec, context))
  if (paymaster.mode === 'Listed')
    sentences.set('sponsor', `Let ${nameOf(paymaster.paymaster, context)} pay the fees.`)
  return sentences.set('end', `Ends ${formatMoment(spec.expiresAt, context)}.`)
}

function anewText(spec: SessionSpec, usage: Usage, context: DescribeContext): string {
  const used = remaining(spec, usage, context.now)
    .filter((entry) => entry.used > 0n)
    .map((entry) => usedText(entry, context))
  const start = 'Limits start anew.'
  return used.length === 0 ? start : `${start} Not carried over: ${used.join(', ')}.`
}

/** `DEMO by transfer: 9.2 of 10 DEMO used`. */
function usedText({ subject, used, limit }: Remaining, context: DescribeContext): string {
  const unit = unitOfSubject(subject, context) ?? { symbol: 'used', decimals: 0 }
  const count = formatNumber(used, unit.decimals, context.locale)
  const total = formatAmount(limit.limit, unit, context.locale)
  return `${subjectText(subject, context)}: ${count} of ${total}${unit.symbol === 'used' ? '' : ' used'}`
}
