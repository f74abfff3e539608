import { numberToHex, type Address, type Hex } from 'viem'
import type { Call } from '@/lib/policy/call'
import { noValue } from '@/lib/policy/canonicalSpec'
import { knownFunction } from '@/lib/policy/knownFunctions'
import {
  unlimited,
  type CallPolicy,
  type Constraint,
  type TransferPolicy,
  type UsageLimit,
} from '@/lib/policy/spec'
import { readWord } from '@/lib/policy/word'

/** Seconds of a UTC day. */
const day = 86_400
/** Greatest running total of an allowance that the contracts store. */
const greatestTotal = 2n ** 96n - 1n
/** Most argument words that are pinned one by one. */
const mostWords = 16
/** Two numbers further apart are no numbers (addresses, hashes): a range between them would mean nothing. */
const widestRange = 2n ** 64n

/**
 * The tightest policy of use that allows some calls of one target (and function): once a UTC day what these calls do together, to the
 * same recipient, with the same arguments.
 *
 * @param calls - At least one; all to `target`, all of the function `selector`.
 * @param selector - `null` for transfers of the native token.
 * @returns `null` when no policy can tell these calls from others: two recipients, or data that cannot be read word by word.
 */
export function dailyPolicy(
  calls: readonly Call[],
  target: Address,
  selector: Hex | null,
): TransferPolicy | CallPolicy | null {
  const values = calls.map(({ value }) => value)
  const maxValuePerUse = greatest(values)
  const base = {
    target,
    maxValuePerUse,
    valueLimit: maxValuePerUse === 0n ? noValue : daily(sum(values)),
    useLimit: maxValuePerUse === 0n || selector !== null ? daily(BigInt(calls.length)) : unlimited,
  }
  if (selector === null) return base
  const known = knownFunction(selector)
  const words = (index: number) => calls.map(({ data }) => readWord(data, index))
  if (known?.kind === 'spend' || known?.kind === 'approve') {
    const other = known.kind === 'spend' ? known.recipient : known.spender
    const pinned = [...(known.name === 'transferFrom' ? [0] : []), ...(other === undefined ? [] : [other])]
    const constraints = pinned.map((index) => pinnedWord(words(index), index, 1n))
    const amounts = words(known.amount)
    if (constraints.includes(null) || amounts.includes(null)) return null
    const amount = amountConstraint(
      amounts.map((word) => BigInt(word ?? 0n)),
      known.amount,
    )
    const bounded = amount.limit.limitType !== 'Unlimited'
    const all = [...constraints.filter((item) => item !== null), amount].sort((a, b) => a.index - b.index)
    const useLimit = bounded && maxValuePerUse === 0n ? unlimited : base.useLimit
    return { ...base, selector, useLimit, constraints: all }
  }
  const constraints = everyWord(calls)
  return constraints === null ? null : { ...base, selector, constraints }
}

function amountConstraint(amounts: readonly bigint[], index: number): Constraint {
  const most = greatest(amounts)
  const total = sum(amounts)
  const limit = total > 0n && total <= greatestTotal ? daily(total) : unlimited
  return { condition: 'LessOrEqual', index, refValue: numberToHex(most, { size: 32 }), limit }
}

function everyWord(calls: readonly Call[]): Constraint[] | null {
  const lengths = new Set(calls.map(({ data }) => (data.length - 10) / 64))
  const [length = 0] = lengths
  if (lengths.size > 1 || !Number.isInteger(length) || length > mostWords) return null
  const constraints: Constraint[] = []
  for (let index = 0; index < length; index++) {
    const words = calls.map(({ data }) => readWord(data, index))
    const pinned = pinnedWord(words, index, widestRange)
    if (pinned === null) return null
    constraints.push(pinned)
    if (pinned.condition === 'Equal') continue
    const most = greatest(words.map((word) => BigInt(word ?? 0n)))
    constraints.push({ ...pinned, condition: 'LessOrEqual', refValue: numberToHex(most, { size: 32 }) })
  }
  return constraints
}

/** The word that all calls have, else their least when the others are close by; `null` when they are not. */
function pinnedWord(words: readonly (Hex | null)[], index: number, range: bigint): Constraint | null {
  if (words.includes(null)) return null
  const numbers = words.map((word) => BigInt(word ?? 0n))
  const from = least(numbers)
  const refValue = numberToHex(from, { size: 32 })
  const span = greatest(numbers) - from
  if (span === 0n) return { condition: 'Equal', index, refValue, limit: unlimited }
  return span < range ? { condition: 'GreaterOrEqual', index, refValue, limit: unlimited } : null
}

const daily = (limit: bigint): UsageLimit => ({ limitType: 'Allowance', limit, period: day })
const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n)
const greatest = (values: readonly bigint[]) =>
  values.reduce((most, value) => (value > most ? value : most), 0n)
const least = (values: readonly bigint[]) =>
  values.reduce((few, value) => (value < few ? value : few), values[0] ?? 0n)
