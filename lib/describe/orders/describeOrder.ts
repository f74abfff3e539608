import type { DescribeContext } from '@/lib/describe/context'
import { formatAmount, unitOf } from '@/lib/describe/formatAmount'
import { formatMoment } from '@/lib/describe/formatTime'
import { nameOf } from '@/lib/describe/nameOf'
import type { Given, Order } from '@/lib/describe/orders/order'
import { shortAddress } from '@/lib/describe/shortAddress'

/** An order for people. */
export type OrderText = {
  readonly title: string
  readonly lines: readonly string[]
  readonly warnings: readonly { readonly severity: 'danger' | 'caution'; readonly text: string }[]
}

/** Says what a signature gives away, to whom, until when, and what no limit of a session contains. */
export function describeOrder(order: Order, context: DescribeContext): OrderText {
  const { gives, gets, taker, usableUntil, standsUntil } = order
  const who = taker === null ? 'anyone' : nameOf(taker, context)
  const what = joined(gives.map((given) => givenText(given, context)))
  if (gives.length === 0)
    return {
      title: taker === null ? 'Give nothing away' : `Stop ${who} from taking anything`,
      lines: [],
      warnings: [],
    }
  const back = joined(gets.map((given) => givenText(given, context)))
  const title = gets.length > 0 ? `Trade ${what} for ${back}` : `Let ${who} take ${what}`
  const lines = [
    usableUntil === null
      ? 'Can be used at any time.'
      : `Can be used until ${formatMoment(usableUntil, context)}.`,
    ...(standsUntil === undefined ? ['Works once.'] : []),
    ...(typeof standsUntil === 'number' ? [`Then stands until ${formatMoment(standsUntil, context)}.`] : []),
  ]
  const outlives =
    standsUntil === null
      ? `This outlives your sessions. ${capital(who)} can take ${what} until you remove the approval.`
      : `No session limits this. ${capital(who)} can take ${what} without asking again.`
  const unlimited = gives.some(isUnlimited)
  const gift = taker === null && gets.length === 0
  return {
    title,
    lines,
    warnings: [
      ...(gift
        ? [{ severity: 'danger' as const, text: `Nothing comes back to you: ${what} is given away.` }]
        : []),
      ...(gets.length > 0
        ? [
            {
              severity: 'caution' as const,
              text: 'Anyone can close this trade while it can be used; only a transaction takes it back.',
            },
          ]
        : [{ severity: unlimited ? ('danger' as const) : ('caution' as const), text: outlives }]),
    ],
  }
}

function givenText(given: Given, context: DescribeContext): string {
  if (given.kind === 'native') return formatAmount(given.amount, context.currency, context.locale)
  if (given.kind === 'token') {
    const unit = unitOf(given.token, context)
    const isKnown = !unit.symbol.startsWith('units of')
    if (given.amount === null)
      return isKnown ? `all your ${unit.symbol}` : `all your tokens of ${shortAddress(given.token)}`
    return `up to ${formatAmount(given.amount, unit, context.locale)}`
  }
  const collection = nameOf(given.collection, context)
  if (given.id === null) return `any collectible of ${collection}`
  return given.count > 1n
    ? `${given.count} of no. ${given.id} of ${collection}`
    : `no. ${given.id} of ${collection}`
}

const isUnlimited = (given: Given) =>
  (given.kind === 'token' && given.amount === null) || (given.kind === 'collectible' && given.id === null)

function joined(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? 'nothing') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
