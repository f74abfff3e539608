import type { CellId, Charge, Usage, Used } from '@/lib/policy/usage'

/**
 * Takes charges back that `applyCharges` added, when a reorganisation took their operation away and it can never come again. What
 * was charged in a period that is over by now is gone already.
 */
export function releaseCharges(usage: Usage, charges: readonly Charge[]): Usage {
  const next: Partial<Record<CellId, Used>> = { ...usage }
  for (const { cell, amount, period } of charges) {
    const before = next[cell]
    if (before?.period === period)
      next[cell] = { used: before.used > amount ? before.used - amount : 0n, period }
  }
  return next
}
