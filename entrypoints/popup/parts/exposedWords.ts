import type { DescribeContext } from '@/lib/describe/context'
import { unitOf } from '@/lib/describe/formatAmount'
import type { ExposedAsset } from '@/lib/policy/totalExposure'
import { formatBrief } from '@/lib/ui/formatBrief'

/**
 * Says what sessions together can still take of one asset: the least of what their limits leave and what is held. Limits are rounded
 * up, balances down.
 *
 * @param balance - What is held, in the smallest unit; `null` while it is not known.
 */
export function exposedWords(
  { asset, most, fees }: ExposedAsset,
  balance: bigint | null,
  context: Pick<DescribeContext, 'currency' | 'tokens'>,
): string {
  const { symbol, decimals } = asset === 'native' ? context.currency : unitOf(asset, context)
  const limit = (value: bigint) => `${formatBrief(value, decimals, { round: 'up' })} ${symbol}`
  const held = balance === null ? '' : `${formatBrief(balance, decimals)} ${symbol}`
  const part = fees === 0n ? '' : most === fees ? ', all of it fees' : `, ${limit(fees)} of it fees`
  if (most === null)
    return balance === 0n
      ? `Nothing now: you hold no ${symbol}. No limit bounds what comes.`
      : `Everything you hold${held && `, ${held}`}: no limit bounds it.`
  if (balance === 0n) return `Nothing now: you hold no ${symbol}. The limits leave ${limit(most)}${part}.`
  if (balance === null) return `Up to ${limit(most)}${part}.`
  if (most >= balance) return `Everything you hold, ${held}: the limits leave ${limit(most)}${part}.`
  return `Up to ${limit(most)} of your ${held}${part}.`
}
