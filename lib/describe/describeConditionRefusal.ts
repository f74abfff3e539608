import type { DescribeContext } from '@/lib/describe/context'
import { formatAmount, unitOf } from '@/lib/describe/formatAmount'
import { functionOf, parameterName } from '@/lib/describe/knownText'
import { nameOf } from '@/lib/describe/nameOf'
import { knownFunction } from '@/lib/policy/knownFunctions'
import type { Refusal } from '@/lib/policy/refusal'

/** A refusal by a condition on an argument. */
export type ConditionRefusal = Extract<Refusal, { rule: 'ConditionViolated' }>

const relations = {
  Unconstrained: '',
  Equal: '',
  Greater: 'more than ',
  Less: 'less than ',
  GreaterOrEqual: 'at least ',
  LessOrEqual: 'at most ',
  NotEqual: 'anything but ',
} as const

/** Says which argument a session does not allow, and what it would. */
export function describeConditionRefusal(refusal: ConditionRefusal, context: DescribeContext): string {
  const { target, selector, index, condition } = refusal
  const known = knownFunction(selector)
  const relation = relations[condition]
  const isToken = known?.kind === 'spend' || known?.kind === 'approve'
  if (isToken && known.amount === index) {
    const unit = unitOf(target, context)
    const [allowed, asked] = [refusal.refValue, refusal.actual].map((word) =>
      formatAmount(BigInt(word), unit, context.locale),
    )
    return `Different amount: allowed ${relation}${allowed} at a time, asked ${asked}.`
  }
  const isRecipient = known?.kind === 'spend' && known.recipient === index
  const isSpender = (known?.kind === 'approve' || known?.kind === 'approveAll') && known.spender === index
  const name = isRecipient
    ? 'recipient'
    : isSpender
      ? 'spender'
      : parameterName(target, selector, index, context)
  const type = functionOf(target, selector, context)?.inputs[index]?.type
  const [allowed, asked] = [refusal.refValue, refusal.actual].map((word) => {
    if (isRecipient || isSpender || (name !== null && type === 'address'))
      return nameOf(`0x${word.slice(-40)}`, context)
    return BigInt(word) < 2n ** 96n ? BigInt(word).toString() : word
  })
  return `Different ${name ?? `argument in word ${index}`}: allowed ${relation}${allowed}, asked ${asked}.`
}
