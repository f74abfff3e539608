import type { DescribeContext } from '@/lib/describe/context'
import { formatAmount, unitOf } from '@/lib/describe/formatAmount'
import { formatMoment } from '@/lib/describe/formatTime'
import type { SessionView } from '@/lib/messaging/views'
import { exposure } from '@/lib/policy/exposure'
import { enforcedSpec } from '@/lib/policy/kindRules'

/**
 * What a copied key of a session could still take at most, until when: "up to 3 DEMO and 0.01 ETH until today, 18:00". An upper
 * bound: what was used already is not taken off.
 */
export function stillAtRisk({ spec }: SessionView, context: DescribeContext): string {
  const { tokens, native } = exposure(enforcedSpec(spec, context.rules), context.now)
  const losses = [
    ...tokens.map(({ token, untilExpiry }) => ({ amount: untilExpiry, unit: unitOf(token, context) })),
    { amount: native.untilExpiry, unit: context.currency },
  ].filter(({ amount }) => amount !== 0n)
  const until = `until ${formatMoment(spec.expiresAt, context)}`
  if (losses.some(({ amount }) => amount === null)) return `more than any figure can say, ${until}`
  const amounts = losses.map(({ amount, unit }) => formatAmount(amount ?? 0n, unit, context.locale))
  return amounts.length === 0 ? `nothing of value, ${until}` : `up to ${amounts.join(' and ')} ${until}`
}
