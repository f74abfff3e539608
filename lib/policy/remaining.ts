import { limitedCells, type LimitedCell } from '@/lib/policy/cells'
import type { SessionSpec } from '@/lib/policy/spec'
import { periodOf, unused } from '@/lib/policy/usageLimit'
import type { Usage } from '@/lib/policy/usage'

/** What is left of one limited quantity. */
export type Remaining = LimitedCell & {
  /** Used so far: over the session's life, or in the current period. */
  readonly used: bigint
  readonly left: bigint
  /** Unix seconds at which the next period begins; `null` for a lifetime limit. */
  readonly resetsAt: number | null
}

/**
 * What is left of every limited quantity of a session: the fee first, then policy by policy in canonical order (value, uses,
 * arguments). Unlimited quantities are left out.
 *
 * @param timestamp - Unix seconds, chain time.
 */
export function remaining(spec: SessionSpec, usage: Usage, timestamp: number): Remaining[] {
  return limitedCells(spec).map((entry) => {
    const { limit, cell } = entry
    const recorded = usage[cell] ?? unused
    const period = Math.max(periodOf(limit, timestamp), recorded.period)
    const used = recorded.period === period ? recorded.used : 0n
    return {
      ...entry,
      used,
      left: used < limit.limit ? limit.limit - used : 0n,
      resetsAt: limit.limitType === 'Allowance' ? (period + 1) * limit.period : null,
    }
  })
}
