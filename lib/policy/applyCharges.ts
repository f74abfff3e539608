import type { CellId, Charge, Usage, Used } from '@/lib/policy/usage'

/**
 * Adds charges to a usage and returns the next one. The input is not changed. A newer period's charge replaces the usage of an
 * older period. A charge of a period older than the recorded one is dropped: that period is over, nothing can be charged to it
 * any more (`check` refuses it), and so the order in which operations settle does not matter.
 *
 * @param charges - Of one operation or of several, each already accepted by `check`.
 */
export function applyCharges(usage: Usage, charges: readonly Charge[]): Usage {
  const next: Partial<Record<CellId, Used>> = { ...usage }
  for (const { cell, amount, period } of charges) {
    const before = next[cell]
    if (!before || before.period < period) next[cell] = { used: amount, period }
    else if (before.period === period) next[cell] = { used: before.used + amount, period }
  }
  return next
}
