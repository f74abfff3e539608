import { expect, test } from 'vitest'
import { describeOddity } from '@/lib/describe/describeOddity'
import type { Oddity } from '@/lib/policy/unusual'
import { day, demo, orchard, shop, sponsor, thief } from '../policy/fixtures'
import { context } from './fixtures'

test.each<[Oddity, string]>([
  [
    { kind: 'Long', seconds: 40 * day, before: null },
    'Long: it lasts 40 d. Most sessions need hours or days.',
  ],
  [
    { kind: 'Long', seconds: 3 * day, before: 7200 },
    'Long: it lasts 3 d. The longest that this site had lasted 2 h.',
  ],
  [
    { kind: 'More', asset: demo, amount: 10n ** 20n, before: 10n ** 19n },
    'More than before: up to 100 DEMO. The widest session of this site could lose 10 DEMO.',
  ],
  [
    { kind: 'More', asset: 'native', amount: 10n ** 18n, before: 0n },
    'More than before: up to 1 ETH, which no session of this site could touch.',
  ],
  [
    { kind: 'New', targets: [shop, thief, demo, orchard, sponsor] },
    'New to you: no session or recent transaction of yours was with Orchard Shop, 0x9999…9999, 0x2222…2222 and 2 more.',
  ],
])('behavior: %o is said with its numbers', (oddity, text) => {
  expect(describeOddity(oddity, context)).toBe(text)
})
