import { expect, test } from 'vitest'
import { describeUnpaid } from '@/lib/describe/describeUnpaid'
import { context } from './fixtures'

test('behavior: a sponsor that refuses is told in its own words', () => {
  const message = 'Nobody sponsors this transaction. Budget used up'
  expect(describeUnpaid({ reason: 'sponsor-refused', message }, context)).toBe(
    'Your session allows this. Nobody sponsors this transaction. Budget used up. No wider session changes that. Approve once, and the fee is paid as shown below.',
  )
})

test('behavior: an account that cannot pay is told with its numbers', () => {
  const unpaid = { reason: 'needs-funds', balance: 10n ** 15n, required: 2n * 10n ** 15n } as const
  expect(describeUnpaid(unpaid, context)).toContain('it has 0.001 ETH, this needs up to 0.002 ETH')
})
