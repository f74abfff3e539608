import { describe, expect, test } from 'vitest'
import { describeRemaining } from '@/lib/describe/describeRemaining'
import { formatNumber } from '@/lib/describe/formatAmount'
import { formatDuration } from '@/lib/describe/formatTime'
import { remaining } from '@/lib/policy/remaining'
import { day, midnight, orchardSpec } from '../policy/fixtures'
import { context } from './fixtures'

describe('describeRemaining', () => {
  test('behavior: every limit of the demo session', () => {
    const usage = {
      '0.uses': { used: 5n, period: 0 },
      '1.argument.1': { used: 92n * 10n ** 17n, period: midnight / day },
    }
    expect(
      remaining(orchardSpec, usage, context.now).map((entry) => describeRemaining(entry, context)),
    ).toEqual([
      { label: 'Fees', text: '0.001 of 0.001 ETH left.', share: 1 },
      { label: 'ETH to Orchard Shop', text: '0.01 of 0.01 ETH left.', share: 1 },
      { label: 'Payments to Orchard Shop', text: '0 of 5 left.', share: 0 },
      { label: 'DEMO by `transfer`', text: '0.8 of 10 DEMO left. Resets in 6 h 30 min.', share: 0.08 },
      { label: 'Uses of `plant`', text: '20 of 20 left. Resets in 30 min.', share: 1 },
    ])
  })
})

describe('numbers and durations', () => {
  test('behavior: exact, in the language of the user', () => {
    expect(formatNumber(2n ** 256n - 1n, 18, 'en')).toBe(
      '115,792,089,237,316,195,423,570,985,008,687,907,853,269,984,665,640,564,039,457.584007913129639935',
    )
    expect(formatNumber(1234500n, 3, 'de')).toBe('1.234,5')
  })

  test('behavior: the two largest units', () => {
    const texts = [-5, 0, 59.2, 60, 61, 3599, 3600, 86_399, 86_400, 200_000].map(formatDuration)
    expect(texts).toEqual(['0 s', '0 s', '60 s', '1 min', '2 min', '1 h', '1 h', '1 d', '1 d', '2 d 7 h'])
  })
})
