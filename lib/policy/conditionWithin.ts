import type { Constraint } from '@/lib/policy/spec'

/** The conditions of two rules for the same word. */
type Rule = Pick<Constraint, 'condition' | 'refValue'>

/** Whether every word that passes `granted` passes `asked`. */
export function conditionWithin(asked: Rule, granted: Rule): boolean {
  const outer = wordsOf(asked)
  const inner = wordsOf(granted)
  if (inner.from > inner.to) return true
  if (inner.from < outer.from || inner.to > outer.to) return false
  const { except } = outer
  return except === null || except === inner.except || except < inner.from || except > inner.to
}

const greatest = 2n ** 256n - 1n

/** The words that pass: a range, one of them left out. */
function wordsOf({ condition, refValue }: Rule): { from: bigint; to: bigint; except: bigint | null } {
  const reference = BigInt(refValue)
  const all = { from: 0n, to: greatest, except: null }
  switch (condition) {
    case 'Unconstrained':
      return all
    case 'Equal':
      return { ...all, from: reference, to: reference }
    case 'Greater':
      return { ...all, from: reference + 1n }
    case 'GreaterOrEqual':
      return { ...all, from: reference }
    case 'Less':
      return { ...all, to: reference - 1n }
    case 'LessOrEqual':
      return { ...all, to: reference }
    case 'NotEqual':
      return { ...all, except: reference }
  }
}
