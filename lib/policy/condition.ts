import type { Condition } from '@/lib/policy/spec'

/**
 * Whether `actual` stands in the relation `condition` to `reference`, both unsigned 256-bit integers.
 *
 * Mirrors the conditions of the session module; vectors in `tests/vectors/policy/condition.json`.
 */
export function conditionHolds(condition: Condition, actual: bigint, reference: bigint): boolean {
  switch (condition) {
    case 'Unconstrained':
      return true
    case 'Equal':
      return actual === reference
    case 'Greater':
      return actual > reference
    case 'Less':
      return actual < reference
    case 'GreaterOrEqual':
      return actual >= reference
    case 'LessOrEqual':
      return actual <= reference
    case 'NotEqual':
      return actual !== reference
  }
}
