import { formatUnits } from 'viem'

const digits = 6

/**
 * Writes an amount of 18 decimals with at most six of them, rounded down: `2 DEMO`, `0.046999 ETH`.
 *
 * @param amount - In the smallest unit.
 */
export function formatAmount(amount: bigint, symbol: 'DEMO' | 'ETH'): string {
  const unit = 10n ** BigInt(18 - digits)
  if (amount > 0n && amount < unit) return `< ${formatUnits(1n, digits)} ${symbol}`
  return `${formatUnits(amount / unit, digits)} ${symbol}`
}
