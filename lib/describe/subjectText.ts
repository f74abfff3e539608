import type { DescribeContext } from '@/lib/describe/context'
import { unitOf, type Unit } from '@/lib/describe/formatAmount'
import { functionName, parameterName } from '@/lib/describe/knownText'
import { nameOf } from '@/lib/describe/nameOf'
import { knownFunction } from '@/lib/policy/knownFunctions'
import type { LimitSubject } from '@/lib/policy/refusal'

/** The unit in which a limit counts; `null` for a plain number. */
export function unitOfSubject(subject: LimitSubject, context: DescribeContext): Unit | null {
  if (subject.kind === 'fee' || subject.kind === 'value') return context.currency
  if (subject.kind === 'uses') return null
  const known = knownFunction(subject.selector)
  const isAmount = (known?.kind === 'spend' || known?.kind === 'approve') && known.amount === subject.index
  return isAmount ? unitOf(subject.target, context) : null
}

/** What a limit counts, as a label: `Fees`, `DEMO by transfer`, `Uses of plant`. */
export function subjectText(subject: LimitSubject, context: DescribeContext): string {
  switch (subject.kind) {
    case 'fee':
      return 'Fees'
    case 'value':
      return `${context.currency.symbol} to ${nameOf(subject.target, context)}`
    case 'uses':
      return subject.selector === undefined
        ? `Payments to ${nameOf(subject.target, context)}`
        : `Uses of ${functionName(subject.target, subject.selector, context)}`
    case 'argument': {
      const name = functionName(subject.target, subject.selector, context)
      const unit = unitOfSubject(subject, context)
      const word = parameterName(subject.target, subject.selector, subject.index, context)
      return `${unit ? unit.symbol : `Total ${word ?? `of word ${subject.index}`}`} by ${name}`
    }
  }
}
