import type { Address } from 'viem'
import type { DescribeContext } from '@/lib/describe/context'
import { unitOf, type Unit } from '@/lib/describe/formatAmount'
import { functionName, functionOf, inWords, parameterName } from '@/lib/describe/knownText'
import { amountText, startsText, usesText } from '@/lib/describe/limitText'
import { nameOf } from '@/lib/describe/nameOf'
import { rangeOf, rangeText } from '@/lib/describe/rangeText'
import { knownFunction } from '@/lib/policy/knownFunctions'
import type { AnyPolicy } from '@/lib/policy/cells'
import { unlimited, unlimitedValue, type CallPolicy, type UsageLimit } from '@/lib/policy/spec'

/** Says in a sentence or two what one policy allows. */
export function describePolicy(policy: AnyPolicy, context: DescribeContext): string {
  if (policy.kind === 'transfer') {
    const { target, maxValuePerUse, valueLimit, useLimit } = policy
    const amount =
      maxValuePerUse === 0n
        ? `0 ${context.currency.symbol}`
        : amountText(perUse(maxValuePerUse), valueLimit, context.currency, context.locale)
    const text = `Pay ${nameOf(target, context)} ${amount}${countedText(useLimit, context)}.`
    return text + startsText([valueLimit, useLimit])
  }
  const [text, limits] = describeTokenCall(policy, context) ?? describeAnyCall(policy, context)
  return `${text}${countedText(policy.useLimit, context)}${valueText(policy, context)}.${startsText(limits)}`
}

/** Who counts is said where the chain does not. */
function countedText(useLimit: UsageLimit, { rules }: DescribeContext): string {
  const text = usesText(useLimit)
  return text === '' || rules?.countsUses !== false ? text : `${text} (counted by this wallet alone)`
}

type Described = readonly [text: string, limits: readonly UsageLimit[]]

function describeTokenCall(policy: CallPolicy, context: DescribeContext): Described | null {
  const known = knownFunction(policy.selector)
  if (known?.kind !== 'spend' && known?.kind !== 'approve') return null
  const other = known.kind === 'spend' ? known.recipient : known.spender
  const onAmount = policy.constraints.filter(({ index }) => index === known.amount)
  const limits = onAmount.map(({ limit }) => limit).filter(({ limitType }) => limitType !== 'Unlimited')
  const [total = unlimited, ...more] = limits
  const unit = unitOf(policy.target, context)
  const { greatest, least } = rangeOf(policy.constraints, known.amount)
  const amounts = [
    amountText(greatest, total, unit, context.locale),
    ...more.map((limit) => amountText(null, limit, unit, context.locale)),
  ].join(', ')
  const amount = least > 0n && greatest === null ? `${amounts}, at least ${least} units` : amounts
  const who = other === undefined ? '' : whoText(policy, other, context)
  const used = [...limits, policy.useLimit, policy.valueLimit]
  if (known.kind === 'approve') return [`Let ${who} take ${amount}`, used]
  if (known.name === 'burn') return [`Burn ${amount}`, used]
  if (known.name !== 'transferFrom') return [`Pay ${who} ${amount}`, used]
  return [`Move ${amount} from ${whoText(policy, 0, context)} to ${who}`, used]
}

function describeAnyCall(policy: CallPolicy, context: DescribeContext): Described {
  const { target, selector, constraints } = policy
  const limits = [...constraints.map(({ limit }) => limit), policy.useLimit, policy.valueLimit]
  const fn = functionOf(target, selector, context)
  const words = [...new Set(constraints.map(({ index }) => index))]
  const [only] = words
  const name = only === undefined ? null : parameterName(target, selector, only, context)
  const isNumber = fn?.inputs.length === 1 && fn.inputs[0]?.type.startsWith('uint')
  if (fn && words.length === 1 && only !== undefined && name !== null && isNumber) {
    const range = rangeOf(constraints, only)
    const one = range.greatest === range.least
    return [
      `${inWords(fn.name)} on ${name}${one ? '' : 's'} ${rangeText(range)}${totals(policy, only)}`,
      limits,
    ]
  }
  const details = words
    .map(
      (word) =>
        `${parameterName(target, selector, word, context) ?? `word ${word}`} ${wordText(policy, word, context)}`,
    )
    .join(', ')
  const where = `${functionName(target, selector, context)} of ${nameOf(target, context)}`
  return [`Call ${where}${details === '' ? ' with anything' : `: ${details}`}`, limits]
}

function wordText(policy: CallPolicy, word: number, context: DescribeContext): string {
  const type = functionOf(policy.target, policy.selector, context)?.inputs[word]?.type
  const range = rangeOf(policy.constraints, word)
  if (type === 'address' && range.greatest === range.least) return whoText(policy, word, context)
  return rangeText(range) + totals(policy, word)
}

/** Limits on the running total of a word that is no amount of a known token. */
function totals({ constraints }: CallPolicy, word: number): string {
  const plain: Unit = { symbol: 'in total', decimals: 0 }
  return constraints
    .filter(({ index, limit }) => index === word && limit.limitType !== 'Unlimited')
    .map(({ limit }) => ` (${amountText(null, limit, plain).replace(' in all', '')})`)
    .join('')
}

/** The address that a word must be, or that it may be anyone. */
function whoText({ constraints }: CallPolicy, word: number, context: DescribeContext): string {
  const equal = constraints.find(({ index, condition }) => index === word && condition === 'Equal')
  if (!equal) return 'anyone'
  const address: Address = `0x${equal.refValue.slice(-40)}`
  return nameOf(address, context)
}

function valueText({ maxValuePerUse, valueLimit }: CallPolicy, context: DescribeContext): string {
  if (maxValuePerUse === 0n) return ''
  return `, sending ${amountText(perUse(maxValuePerUse), valueLimit, context.currency, context.locale)}`
}

function perUse(maxValuePerUse: bigint): bigint | null {
  return maxValuePerUse >= unlimitedValue ? null : maxValuePerUse
}
