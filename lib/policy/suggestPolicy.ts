import { numberToHex, type Address, type Hex } from 'viem'
import type { Call } from '@/lib/policy/call'
import { noValue } from '@/lib/policy/canonicalSpec'
import { conditionHolds } from '@/lib/policy/condition'
import type { KindRules } from '@/lib/policy/kindRules'
import { knownFunction } from '@/lib/policy/knownFunctions'
import { unlimited, type CallPolicy, type Constraint, type TransferPolicy } from '@/lib/policy/spec'
import { suggestLimit, type PastAmount } from '@/lib/policy/suggestLimit'
import { readWord } from '@/lib/policy/word'

/** A call that was made before. */
export type PastCall = {
  readonly call: Call
  /** Unix seconds. */
  readonly at: number
}

/** What {@link suggestPolicy} works on: calls of one function of one target. */
export type PolicyRequest = {
  /** At least one. */
  readonly calls: readonly Call[]
  /** `null` for transfers of the native token. */
  readonly selector: Hex | null
  /** Calls of the same function and target. */
  readonly past: readonly PastCall[]
  /** Words that are plain unsigned numbers, where it is known. */
  readonly numbers: ReadonlySet<number>
  readonly rules: KindRules
  /** Unix seconds, chain time. */
  readonly timestamp: number
}

/** Most argument words that are pinned one by one. */
const mostWords = 16
/** Two numbers further apart are no numbers (addresses, hashes). */
const widestRange = 2n ** 64n

/**
 * The tightest policy that lets calls of one function go on: every word as it is, so that recipients, spenders and data stay; a
 * token's amount at most the greatest so far and limited in total; other numbers within those seen so far; the native value
 * likewise. Uses are counted where nothing else is, and the chain counts them.
 *
 * @returns `null` when no policy can tell these calls from others: two recipients, or data that cannot be read word by word.
 */
export function suggestPolicy(target: Address, request: PolicyRequest): TransferPolicy | CallPolicy | null {
  const { calls, selector, rules, timestamp } = request
  const constraints = selector === null ? [] : constraintsOf(selector, request)
  if (constraints === null) return null
  const past = request.past.filter(({ call }) => fits(call, constraints))
  const maxValuePerUse = greatest([...calls, ...past.map(({ call }) => call)].map(({ value }) => value))
  const values = past.map(({ call, at }) => ({ at, amount: call.value }))
  const uses = past.map(({ at }) => ({ at, amount: 1n }))
  const isCounted = maxValuePerUse > 0n || constraints.some(({ limit }) => limit.limitType !== 'Unlimited')
  const base = {
    target,
    maxValuePerUse,
    valueLimit: maxValuePerUse === 0n ? noValue : suggestLimit(sum(calls), values, timestamp),
    useLimit:
      isCounted || !rules.countsUses ? unlimited : suggestLimit(BigInt(calls.length), uses, timestamp),
  }
  return selector === null ? base : { ...base, selector, constraints }
}

function constraintsOf(selector: Hex, request: PolicyRequest): Constraint[] | null {
  const { calls, timestamp } = request
  const known = knownFunction(selector)
  const amount = known?.kind === 'spend' ? known.amount : null
  const lengths = new Set(calls.map(({ data }) => (data.length - 10) / 64))
  const [length = 0] = lengths
  if (lengths.size > 1 || !Number.isInteger(length) || length > mostWords) return null
  const indexes = Array.from({ length }, (_, index) => index)
  const isFree = (index: number) => index === amount || request.numbers.has(index)
  const pinned = indexes.filter((index) => !isFree(index)).map((index) => pin(calls, index))
  if (pinned.some((constraint) => constraint === null)) return null
  const fixed = pinned.filter((constraint) => constraint !== null)
  const past = request.past.filter(({ call }) => fits(call, fixed))
  const free = indexes
    .filter(isFree)
    .map((index) =>
      index === amount ? [amountRule(calls, past, index, timestamp)] : rangeRules(calls, past, index),
    )
  if (free.includes(null)) return null
  const rules = [...fixed, ...free.flatMap((own) => own ?? [])]
  return rules.sort((a, b) => a.index - b.index)
}

/** The one word that all calls have in a place; `null` when they differ. */
function pin(calls: readonly Call[], index: number): Constraint | null {
  const words = new Set(calls.map((call) => wordAt(call, index)))
  const [word = 0n] = words
  return words.size > 1 ? null : { condition: 'Equal', index, refValue: hexOf(word), limit: unlimited }
}

function amountRule(
  calls: readonly Call[],
  past: readonly PastCall[],
  index: number,
  timestamp: number,
): Constraint {
  const amounts = calls.map((call) => wordAt(call, index))
  const before: PastAmount[] = past.map(({ call, at }) => ({ at, amount: wordAt(call, index) }))
  const asked = amounts.reduce((total, amount) => total + amount, 0n)
  return {
    condition: 'LessOrEqual',
    index,
    refValue: hexOf(greatest([...amounts, ...before.map(({ amount }) => amount)])),
    limit: suggestLimit(asked, before, timestamp),
  }
}

/**
 * The numbers seen so far. That they are numbers is the site's word: what lies further away than numbers of one kind do may be an
 * address, and a range between two addresses would let others in.
 */
function rangeRules(calls: readonly Call[], past: readonly PastCall[], index: number): Constraint[] | null {
  const asked = calls.map((call) => wordAt(call, index))
  const isNear = (number: bigint) =>
    asked.every((own) => (own > number ? own - number : number - own) < widestRange)
  if (!asked.every(isNear)) return null
  const numbers = [...asked, ...past.map(({ call }) => wordAt(call, index)).filter(isNear)]
  const to = greatest(numbers)
  const from = numbers.reduce((least, number) => (number < least ? number : least), to)
  const rule = { index, limit: unlimited }
  if (from === to) return [{ ...rule, condition: 'Equal', refValue: hexOf(from) }]
  return [
    { ...rule, condition: 'GreaterOrEqual', refValue: hexOf(from) },
    { ...rule, condition: 'LessOrEqual', refValue: hexOf(to) },
  ]
}

/** Whether a call has the words that constraints ask for. */
function fits({ data }: Call, constraints: readonly Constraint[]): boolean {
  return constraints.every(({ condition, index, refValue }) => {
    const word = readWord(data, index)
    return word !== null && conditionHolds(condition, BigInt(word), BigInt(refValue))
  })
}

const wordAt = ({ data }: Call, index: number): bigint => BigInt(readWord(data, index) ?? 0)
const hexOf = (value: bigint): Hex => numberToHex(value, { size: 32 })
const sum = (calls: readonly Call[]) => calls.reduce((total, { value }) => total + value, 0n)
const greatest = (values: readonly bigint[]) =>
  values.reduce((most, value) => (value > most ? value : most), 0n)
