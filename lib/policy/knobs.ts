import { numberToHex, type Address } from 'viem'
import type { AnyPolicy } from '@/lib/policy/cells'
import { knownFunction } from '@/lib/policy/knownFunctions'
import {
  unlimited,
  unlimitedValue,
  type CallPolicy,
  type Constraint,
  type UsageLimit,
} from '@/lib/policy/spec'

/**
 * A number of a session that its owner can turn. `at` says of what: the native value, the uses, the fees, or the word of the
 * constraint in that place.
 */
export type Knob =
  /** The greatest amount of one use; `null` for none. */
  | { readonly kind: 'most'; readonly at: 'value' | number; readonly most: bigint | null }
  | { readonly kind: 'limit'; readonly at: 'value' | 'uses' | 'fee' | number; readonly limit: UsageLimit }
  /** The one address that a token may go to, where it may be any; `null` while it may. */
  | { readonly kind: 'only'; readonly word: number; readonly only: Address | null }

const zeroWord = numberToHex(0n, { size: 32 })

/** A policy with a constraint on every word that the owner may want to limit and that the policy leaves open: a token's amount. */
export function opened(policy: AnyPolicy): AnyPolicy {
  const amount = amountWord(policy)
  if (policy.kind === 'transfer' || amount === null) return policy
  if (policy.constraints.some(({ index }) => index === amount)) return policy
  return { ...policy, constraints: [...policy.constraints, openRule(amount)] }
}

/** Takes away again what {@link opened} added and nobody turned. */
export function closed(policy: AnyPolicy, before: AnyPolicy): AnyPolicy {
  if (policy.kind === 'transfer' || before.kind === 'transfer') return policy
  const says = ({ condition, limit }: Constraint) =>
    condition !== 'Unconstrained' || limit.limitType !== 'Unlimited'
  const constraints = policy.constraints.filter(
    (rule, place) => place < before.constraints.length || says(rule),
  )
  return { ...policy, constraints }
}

/** The numbers of a policy that its owner can turn, in the order of its sentence. */
export function knobsOf(policy: AnyPolicy): Knob[] {
  const knobs: Knob[] = []
  const { maxValuePerUse, valueLimit, useLimit } = policy
  if (policy.kind === 'call') knobs.push(...policy.constraints.flatMap((_, place) => ofRule(policy, place)))
  if (maxValuePerUse > 0n) {
    const most = maxValuePerUse >= unlimitedValue ? null : maxValuePerUse
    knobs.push({ kind: 'most', at: 'value', most }, { kind: 'limit', at: 'value', limit: valueLimit })
  }
  knobs.push({ kind: 'limit', at: 'uses', limit: useLimit })
  const other = policy.kind === 'call' ? otherWord(policy) : undefined
  if (policy.kind === 'call' && other !== undefined && !isPinned(policy, other))
    knobs.push({ kind: 'only', word: other, only: null })
  return knobs
}

/** The policy with one of its numbers as the knob says. The input is not changed. */
export function turn(policy: AnyPolicy, knob: Knob): AnyPolicy {
  if (knob.kind === 'only') {
    if (policy.kind === 'transfer' || knob.only === null) return policy
    const rule: Constraint = { ...openRule(knob.word), condition: 'Equal', refValue: wordOf(knob.only) }
    return { ...policy, constraints: [...policy.constraints, rule] }
  }
  if (knob.at === 'value')
    return knob.kind === 'limit'
      ? { ...policy, valueLimit: knob.limit }
      : { ...policy, maxValuePerUse: knob.most ?? unlimitedValue }
  if (knob.at === 'uses') return knob.kind === 'limit' ? { ...policy, useLimit: knob.limit } : policy
  if (policy.kind === 'transfer' || knob.at === 'fee') return policy
  const change = (rule: Constraint): Constraint =>
    knob.kind === 'limit' ? { ...rule, limit: knob.limit } : atMost(rule, knob.most)
  return {
    ...policy,
    constraints: policy.constraints.map((rule, place) => (place === knob.at ? change(rule) : rule)),
  }
}

function ofRule(policy: CallPolicy, place: number): Knob[] {
  const rule = policy.constraints[place]
  if (rule === undefined || rule.condition === 'Equal') return []
  const isAmount = rule.index === amountWord({ kind: 'call', ...policy })
  const knobs: Knob[] = []
  const most = mostOf(rule)
  if (most !== null || (isAmount && rule.condition === 'Unconstrained'))
    knobs.push({ kind: 'most', at: place, most })
  if (isAmount || rule.limit.limitType !== 'Unlimited')
    knobs.push({ kind: 'limit', at: place, limit: rule.limit })
  return knobs
}

function mostOf({ condition, refValue }: Constraint): bigint | null {
  const reference = BigInt(refValue)
  if (condition === 'LessOrEqual') return reference
  return condition === 'Less' && reference > 0n ? reference - 1n : null
}

/** Leaves a rule as it is when it says the same: `Less` than 36 is at most 35. */
function atMost(rule: Constraint, most: bigint | null): Constraint {
  if (most === mostOf(rule)) return rule
  if (most === null) return { ...rule, condition: 'Unconstrained', refValue: zeroWord }
  return { ...rule, condition: 'LessOrEqual', refValue: numberToHex(most, { size: 32 }) }
}

/** The word of a token's amount, where the function is known to move or approve tokens. */
function amountWord(policy: AnyPolicy): number | null {
  if (policy.kind === 'transfer') return null
  const known = knownFunction(policy.selector)
  return known?.kind === 'spend' || known?.kind === 'approve' ? known.amount : null
}

function otherWord({ selector }: CallPolicy): number | undefined {
  const known = knownFunction(selector)
  if (known?.kind === 'spend') return known.recipient
  return known?.kind === 'approve' || known?.kind === 'approveAll' ? known.spender : undefined
}

function isPinned({ constraints }: CallPolicy, word: number): boolean {
  return constraints.some(({ index, condition }) => index === word && condition === 'Equal')
}

const openRule = (index: number): Constraint => ({
  condition: 'Unconstrained',
  index,
  refValue: zeroWord,
  limit: unlimited,
})
const wordOf = (address: Address) => numberToHex(BigInt(address), { size: 32 })
