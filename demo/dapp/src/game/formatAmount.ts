import { formatUnits } from 'viem'

/**
 * Writes an amount of 18 decimals in full, without trailing zeros: `2 DEMO`.
 *
 * @param amount - In the smallest unit.
 */
export function formatAmount(amount: bigint, symbol: 'DEMO' | 'ETH'): string {
  return `${formatUnits(amount, 18)} ${symbol}`
}
