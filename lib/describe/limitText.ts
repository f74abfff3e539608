import { formatAmount, type Unit } from '@/lib/describe/formatAmount'
import { eachPeriod, periodStart } from '@/lib/describe/periodText'
import type { UsageLimit } from '@/lib/policy/spec'

/**
 * An amount per use and in total: `up to 2 DEMO at a time, 10 DEMO a day`.
 *
 * @param perUse - Greatest amount of one use; `null` for none.
 */
export function amountText(perUse: bigint | null, total: UsageLimit, unit: Unit, locale?: string): string {
  const bounded = total.limitType !== 'Unlimited'
  const each =
    perUse !== null && (!bounded || perUse < total.limit) ? formatAmount(perUse, unit, locale) : null
  const sum = bounded ? formatAmount(total.limit, unit, locale) : null
  const often = total.limitType === 'Allowance' ? ` ${eachPeriod(total.period)}` : ' in all'
  if (each === null) return sum === null ? `any amount of ${unit.symbol}` : `up to ${sum}${often}`
  return sum === null ? `up to ${each} at a time` : `up to ${each} at a time, ${sum}${often}`
}

/** A number of uses: `, up to 20 times an hour`; empty when unlimited. */
export function usesText({ limitType, limit, period }: UsageLimit): string {
  if (limitType === 'Unlimited') return ''
  const times = limit === 1n ? 'once' : `up to ${limit} times`
  return `, ${times}${limitType === 'Allowance' ? ` ${eachPeriod(period)}` : ''}`
}

/** When the periods of some limits begin, as sentences of their own with a space in front; empty when obvious. */
export function startsText(limits: readonly UsageLimit[]): string {
  const periods = new Set(
    limits.filter((limit) => limit.limitType === 'Allowance').map(({ period }) => period),
  )
  return [...periods]
    .map(periodStart)
    .filter((text) => text !== '')
    .map((text) => ` ${text}`)
    .join('')
}
