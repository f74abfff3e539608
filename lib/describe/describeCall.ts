import { size, type AbiFunction, type Hex } from 'viem'
import type { CallDescription, CallWarning } from '@/lib/describe/calls/callDescription'
import { decodeExactly } from '@/lib/describe/calls/decodeExactly'
import { describeStandard } from '@/lib/describe/calls/describeStandard'
import { describeUnknown } from '@/lib/describe/calls/describeUnknown'
import { carriers, innerCalls } from '@/lib/describe/calls/innerCalls'
import { standardFunction } from '@/lib/describe/calls/standardFunction'
import { valueText } from '@/lib/describe/calls/valueText'
import { walletContracts } from '@/lib/describe/calls/walletContracts'
import type { DescribeContext } from '@/lib/describe/context'
import { formatAmount } from '@/lib/describe/formatAmount'
import { functionOf, inWords } from '@/lib/describe/knownText'
import { nameOf } from '@/lib/describe/nameOf'
import type { Call } from '@/lib/policy/call'

/** Calls inside calls that are still told. */
const deepest = 3
/** Calls inside one call that are told, and in all. */
const mostInner = 16
const mostInAll = 48

/**
 * Says what a call does: native transfers, functions of the common standards, the calls inside a multicall, and functions that the
 * site named. What cannot be told exactly is said to be unknown.
 */
export function describeCall(call: Call, context: DescribeContext): CallDescription {
  return describeAt(call, context, { depth: 0, pays: true, budget: { left: mostInAll } })
}

/** Where a call stands. */
type Place = {
  /** Calls around it. */
  readonly depth: number
  /** False for a part of a multicall, which sees the value of the whole and sends nothing of its own. */
  readonly pays: boolean
  /** Calls that are still told, all levels together: a page must not be able to keep the owner's busy. */
  readonly budget: { left: number }
}

function describeAt(call: Call, context: DescribeContext, place: Place): CallDescription {
  const words = tell(call, context, place)
  return { ...words, warnings: [...targetWarnings(call, context), ...words.warnings] }
}

function tell(call: Call, context: DescribeContext, place: Place): CallDescription {
  const { to, data, value } = call
  const sent = formatAmount(value, context.currency, context.locale)
  if (data === '0x')
    return {
      title: `Send ${sent} to ${nameOf(to, context)}`,
      lines: [],
      source: 'standard',
      warnings: [],
      inner: [],
    }
  const lines = [`Contract: ${nameOf(to, context)}`, ...(value > 0n && place.pays ? [`Sends ${sent}`] : [])]
  if (size(data) < 4) return describeUnknown({ data, misfit: null, lines })
  const inner = describeInner(call, context, place, lines)
  if (inner !== null) return inner
  const selector = data.slice(0, 10).toLowerCase() as Hex
  const standard = standardFunction(selector)
  if (standard !== null) {
    const { item, descriptor } = standard
    const args = decodeExactly(item, data)
    if (args !== null) return describeStandard(descriptor, { call, item, args }, context, place.pays)
    return describeUnknown({ data, misfit: item.name, lines })
  }
  const named = functionOf(to, selector, context)
  const args = named === null ? null : decodeExactly(named, data)
  if (named === null || args === null) {
    return describeUnknown({ data, misfit: named?.name ?? misfitOf(selector), lines })
  }
  return describeNamed(named, args, context, lines)
}

/** The name of a multicall whose data is not exactly one. */
function misfitOf(selector: Hex): string | null {
  return carriers[selector]?.split('(')[0] ?? null
}

function describeNamed(
  { name, inputs }: AbiFunction,
  args: readonly unknown[],
  context: DescribeContext,
  lines: readonly string[],
): CallDescription {
  const told = inputs.map(
    (input, index) => `${input.name || `Argument ${index + 1}`}: ${valueText(args[index], context)}`,
  )
  return { title: inWords(name), lines: [...told, ...lines], source: 'site', warnings: [], inner: [] }
}

function describeInner(
  call: Call,
  context: DescribeContext,
  { depth, pays, budget }: Place,
  lines: readonly string[],
): CallDescription | null {
  const carried = innerCalls(call, context.account)
  if (carried === null) return null
  const { name, calls, by } = carried
  const shown = depth < deepest ? calls.slice(0, Math.min(mostInner, budget.left)) : []
  budget.left -= shown.length
  const hidden = calls.length - shown.length
  const warnings: CallWarning[] =
    by !== 'contract'
      ? []
      : [{ severity: 'caution', text: `${nameOf(call.to, context)} makes these calls, not your account.` }]
  if (hidden > 0)
    warnings.push({
      severity: 'danger',
      text: `${hidden} ${hidden === 1 ? 'call inside is' : 'calls inside are'} not shown: nobody can look over so many.`,
    })
  return {
    title:
      calls.length === 1 ? `${inWords(name)}: one call` : `${inWords(name)}: ${calls.length} calls in order`,
    lines,
    source: 'standard',
    warnings,
    inner: shown.map((inner) =>
      describeAt(inner, context, { depth: depth + 1, pays: by !== 'multicall' && pays, budget }),
    ),
  }
}

function targetWarnings({ to, data }: Call, { account }: DescribeContext): CallWarning[] {
  const target = to.toLowerCase()
  if (data === '0x') return []
  if (target === account?.toLowerCase())
    return [
      {
        severity: 'danger',
        text: 'It changes your account itself: who owns it, and what may act for it. A site has no reason to ask for that.',
      },
    ]
  if (walletContracts.has(target))
    return [
      {
        severity: 'danger',
        text: 'It calls a contract that your account runs on. What it allows there stands outside every limit that Latchkey shows.',
      },
    ]
  return []
}
