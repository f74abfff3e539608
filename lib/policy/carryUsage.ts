import { policiesOf, type AnyPolicy } from '@/lib/policy/cells'
import type { SessionSpec } from '@/lib/policy/spec'
import type { CellId, Usage, Used } from '@/lib/policy/usage'

/**
 * The usage of a session under the cell names of another that has policies for the same targets and functions: what the other would
 * have left if its counters went on. What the other has no policy for is dropped.
 */
export function carryUsage(before: SessionSpec, after: SessionSpec, usage: Usage): Usage {
  const places = new Map(policiesOf(after).map((policy, index) => [keyOf(policy), index]))
  const carried: Partial<Record<CellId, Used>> = {}
  if (usage.fee !== undefined) carried.fee = usage.fee
  for (const [index, policy] of policiesOf(before).entries()) {
    const place = places.get(keyOf(policy))
    if (place === undefined) continue
    for (const [cell, used] of Object.entries(usage) as [CellId, Used][])
      if (cell.startsWith(`${index}.`))
        carried[`${place}${cell.slice(String(index).length)}` as CellId] = used
  }
  return carried
}

/** What makes a policy the same one in two sessions. */
export function keyOf(policy: AnyPolicy): string {
  return `${policy.kind} ${policy.target} ${policy.kind === 'call' ? policy.selector : ''}`.toLowerCase()
}
