import fc from 'fast-check'
import { numberToHex, type Hex } from 'viem'
import type { Call } from '@/lib/policy/call'
import { policiesOf, type AnyPolicy } from '@/lib/policy/cells'
import type { Constraint, SessionSpec } from '@/lib/policy/spec'
import { selectors, targets } from './specArbitrary'

/** How to make a call for a session that is not known yet: mostly one that a policy could allow. */
export type CallPlan = {
  readonly policy: number
  readonly value: bigint
  readonly words: readonly bigint[]
  /** What to get wrong on purpose. */
  readonly fault: 'none' | 'target' | 'selector' | 'word' | 'short' | 'value'
}

const faults = ['target', 'selector', 'word', 'short', 'value'] as const

/** Plans of calls. */
export const callPlan: fc.Arbitrary<CallPlan> = fc.record({
  policy: fc.nat(),
  value: fc.bigInt(0n, 6n),
  words: fc.array(fc.bigInt(0n, 5n), { minLength: 3, maxLength: 3 }),
  fault: fc.oneof(
    { weight: 9, arbitrary: fc.constant('none' as const) },
    { weight: 1, arbitrary: fc.constantFrom(...faults) },
  ),
})

/** The call of a plan. */
export function plannedCall(spec: SessionSpec, { policy: pick, value, words, fault }: CallPlan): Call {
  const policies = policiesOf(spec)
  const policy = policies[pick % policies.length]
  const [other = '0x'] = targets.filter((target) => target !== policy?.target)
  if (!policy) throw new Error('A spec has policies.')
  const most = policy.maxValuePerUse < value ? policy.maxValuePerUse : value
  return {
    to: fault === 'target' ? other : policy.target,
    value: fault === 'value' ? policy.maxValuePerUse + 1n : most,
    data: dataOf(policy, words, fault),
  }
}

function dataOf(policy: AnyPolicy, words: readonly bigint[], fault: CallPlan['fault']): Hex {
  if (policy.kind === 'transfer') return fault === 'short' ? '0x00' : '0x'
  const selector = fault === 'selector' ? (selectors[Number(words[0] ?? 0n) % 3] ?? '0x') : policy.selector
  const wished = words.map((word, index) => {
    const constraint = policy.constraints.find((item) => item.index === index)
    return constraint && fault !== 'word' ? allowedWord(constraint, word) : word
  })
  const data: Hex = `${selector}${wished.map((word) => numberToHex(word, { size: 32 }).slice(2)).join('')}`
  return fault === 'short' ? (data.slice(0, 10 + 64 * Number(words[0] ?? 0n) - 2) as Hex) : data
}

/** A word that the constraint's condition allows, near `word`. */
function allowedWord({ condition, refValue }: Constraint, word: bigint): bigint {
  const reference = BigInt(refValue)
  switch (condition) {
    case 'Unconstrained':
      return word
    case 'Equal':
      return reference
    case 'Greater':
      return reference + 1n
    case 'GreaterOrEqual':
      return reference
    case 'Less':
      return reference > 0n ? reference - 1n : 0n
    case 'LessOrEqual':
      return word < reference ? word : reference
    case 'NotEqual':
      return word === reference ? word + 1n : word
  }
}
