import type { DescribeContext } from '@/lib/describe/context'
import { amountText, startsText } from '@/lib/describe/limitText'
import type { SessionSpec } from '@/lib/policy/spec'

/** Says what a session may spend on fees. */
export function feeText({ feeLimit, paymaster }: SessionSpec, { currency, locale }: DescribeContext): string {
  const amount = amountText(null, feeLimit, currency, locale)
  const sponsored = paymaster.mode === 'Listed' ? ' where the sponsor does not pay' : ''
  return `Spend ${amount} on fees${sponsored}.${startsText([feeLimit])}`
}
