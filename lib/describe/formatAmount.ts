import { formatUnits, type Address } from 'viem'
import type { DescribeContext } from '@/lib/describe/context'
import { shortAddress } from '@/lib/describe/shortAddress'

/** A unit in which amounts are told. */
export type Unit = { readonly symbol: string; readonly decimals: number }

/**
 * Formats a number of smallest units, exactly: no rounding, no floats. Intl groups the whole part and tells the decimal sign; it
 * would round a fraction of more than 20 digits.
 *
 * @param locale - BCP 47 tag.
 */
export function formatNumber(value: bigint, decimals: number, locale?: string): string {
  const [whole = '0', fraction] = formatUnits(value, decimals).split('.')
  const { format, point } = styleOf(locale)
  const grouped = format.format(BigInt(whole))
  return fraction === undefined ? grouped : grouped + point + fraction
}

type Style = { readonly format: Intl.NumberFormat; readonly point: string }

/** Making a format costs more than all else of a sentence, and a list has thousands of them. */
const styles = new Map<string | undefined, Style>()

function styleOf(locale: string | undefined): Style {
  const known = styles.get(locale)
  if (known !== undefined) return known
  const parts = new Intl.NumberFormat(locale, { numberingSystem: 'latn', minimumFractionDigits: 1 })
  const point = parts.formatToParts(0).find(({ type }) => type === 'decimal')?.value ?? '.'
  const style = { format: new Intl.NumberFormat(locale, { numberingSystem: 'latn' }), point }
  styles.set(locale, style)
  return style
}

/** Formats an amount with its unit: `1.5 DEMO`. */
export function formatAmount(value: bigint, { symbol, decimals }: Unit, locale?: string): string {
  return `${formatNumber(value, decimals, locale)} ${symbol}`
}

/** The unit of a token; one that is not known counts in its smallest units, and says so. */
export function unitOf(token: Address, { tokens }: Pick<DescribeContext, 'tokens'>): Unit {
  const known = tokens.find(({ address }) => address.toLowerCase() === token.toLowerCase())
  return known ?? { symbol: `units of ${shortAddress(token)}`, decimals: 0 }
}
