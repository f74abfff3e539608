import { formatUnits } from 'viem'

/** Options of {@link formatBrief}. */
export type FormatBriefOptions = {
  /** Where digits are cut: `down` for what one has, `up` for what something costs at most. */
  readonly round?: 'down' | 'up'
}

/**
 * Writes an amount with grouped thousands and no more digits than tell something: four places, or for amounts below one the
 * first three digits that are not zero.
 *
 * @param value - In the smallest unit.
 * @param decimals - Places of the unit: 18 for ether.
 */
export function formatBrief(value: bigint, decimals: number, options: FormatBriefOptions = {}): string {
  const { round = 'down' } = options
  const size = value < 0n ? -value : value
  const one = 10n ** BigInt(decimals)
  const zeros = size >= one || size === 0n ? 0 : decimals - size.toString().length
  const places = Math.min(decimals, size >= one ? 4 : Math.max(4, zeros + 3))
  const step = 10n ** BigInt(decimals - places)
  const up = round === 'up' && size % step !== 0n ? step : 0n
  const [whole = '0', fraction] = formatUnits(size - (size % step) + up, decimals).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return `${value < 0n ? '−' : ''}${grouped}${fraction ? `.${fraction}` : ''}`
}
