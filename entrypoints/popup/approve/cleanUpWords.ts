import type { DescribeContext } from '@/lib/describe/context'
import { unitOf } from '@/lib/describe/formatAmount'
import { nameOf } from '@/lib/describe/nameOf'
import { shortAddress } from '@/lib/describe/shortAddress'
import type { StandingApproval } from '@/lib/messaging/cleanUpView'
import { formatBrief } from '@/lib/ui/formatBrief'

/** From this amount on an approval means "everything". */
const everything = 2n ** 128n - 1n

/** Says who can take what by an approval that stands. */
export function cleanUpWords(
  { kind, token, spender, amount }: StandingApproval,
  context: Pick<DescribeContext, 'tokens' | 'names'>,
): string {
  const who = nameOf(spender, context)
  if (kind === 'collection') return `${who} can take every collectible of ${shortAddress(token)}.`
  const { symbol, decimals } = unitOf(token, context)
  const what =
    amount >= everything
      ? `all your ${symbol}`
      : `up to ${formatBrief(amount, decimals, { round: 'up' })} ${symbol}`
  return `${who} can take ${what}${kind === 'permit2' ? ', through Permit2' : ''}.`
}
