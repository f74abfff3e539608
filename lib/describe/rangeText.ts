import type { Constraint } from '@/lib/policy/spec'

/** The values that a word may take. */
export type Range = {
  readonly least: bigint
  /** `null`: no upper bound. */
  readonly greatest: bigint | null
  readonly except: readonly bigint[]
}

/** The values that all conditions on a word allow together. */
export function rangeOf(constraints: readonly Constraint[], index: number): Range {
  let least = 0n
  let greatest: bigint | null = null
  const except: bigint[] = []
  for (const { condition, refValue, index: word } of constraints) {
    if (word !== index) continue
    const reference = BigInt(refValue)
    const from = { Equal: reference, Greater: reference + 1n, GreaterOrEqual: reference }[condition as string]
    const to = { Equal: reference, Less: reference - 1n, LessOrEqual: reference }[condition as string]
    if (from !== undefined && from > least) least = from
    if (to !== undefined && (greatest === null || to < greatest)) greatest = to
    if (condition === 'NotEqual') except.push(reference)
  }
  return { least, greatest, except }
}

/** A range for people: `0–35`, `7`, `from 3 on`, `any but 5`. */
export function rangeText({ least, greatest, except }: Range): string {
  const but = except.length === 0 ? '' : ` but ${except.join(', ')}`
  if (greatest === null) return (least === 0n ? 'any' : `from ${least} on`) + but
  if (greatest < least) return 'none'
  return (greatest === least ? `${least}` : `${least}–${greatest}`) + but
}
