import { remaining, type Remaining } from '@/lib/policy/remaining'
import type { SessionSpec } from '@/lib/policy/spec'
import type { Usage } from '@/lib/policy/usage'

/**
 * The limits of a session of which at least 80 % is used: values, arguments, uses, fees. Of an allowance, in the current period.
 *
 * @param timestamp - Unix seconds, chain time.
 */
export function lowLimits(spec: SessionSpec, usage: Usage, timestamp: number): Remaining[] {
  return remaining(spec, usage, timestamp).filter(
    ({ used, limit }) => limit.limit > 0n && used * 5n >= limit.limit * 4n,
  )
}
