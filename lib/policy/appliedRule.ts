import { applyCharges } from '@/lib/policy/applyCharges'
import { remaining } from '@/lib/policy/remaining'
import type { SessionSpec } from '@/lib/policy/spec'
import type { CellId, Charge, Usage } from '@/lib/policy/usage'

/** The rule under which a session signed: for the record of what it did. */
export type AppliedRule = {
  /** Place of each call's policy in canonical order. */
  readonly policyIndex: readonly number[]
  /** What each limit that it charged still had after it, reservations counted. */
  readonly left: readonly { readonly cell: CellId; readonly left: bigint }[]
}

/**
 * Records the rule of an operation that `check` allowed.
 *
 * @param usage - Before the operation.
 * @param timestamp - Unix seconds, chain time, as given to `check`.
 */
export function appliedRule(
  spec: SessionSpec,
  usage: Usage,
  { charges, policyIndex }: { readonly charges: readonly Charge[]; readonly policyIndex: readonly number[] },
  timestamp: number,
): AppliedRule {
  const charged = new Set(charges.map(({ cell }) => cell))
  const left = remaining(spec, applyCharges(usage, charges), timestamp)
    .filter(({ cell }) => charged.has(cell))
    .map(({ cell, left }) => ({ cell, left }))
  return { policyIndex, left }
}
