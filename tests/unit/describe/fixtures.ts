import type { DescribeContext } from '@/lib/describe/context'
import { demo, midnight, orchard, rules, shop } from '../policy/fixtures'

/** A user in Berlin at 18:30 local time on 1 January 2025, 17:30 UTC. */
export const context: DescribeContext = {
  currency: { symbol: 'ETH', decimals: 18 },
  rules,
  tokens: [{ address: demo, symbol: 'DEMO', decimals: 18 }],
  functions: { [`${orchard}:0xc383e22b`]: 'plant(uint256 plot)' },
  names: { [shop]: 'Orchard Shop' },
  now: midnight + 17.5 * 3600,
  timeZone: 'Europe/Berlin',
  locale: 'en-GB',
}
