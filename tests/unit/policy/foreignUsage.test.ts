import { expect, test } from 'vitest'
import { foreignUsage } from '@/lib/policy/foreignUsage'
import type { Usage } from '@/lib/policy/usage'
import { day, midnight } from './fixtures'

const today = midnight / day
const hour = midnight / 3600

test('behavior: what the chain counts beyond the journal is charged; what the journal knows better stays', () => {
  const journal: Usage = {
    fee: { used: 5n, period: 0 },
    '0.value': { used: 7n, period: 0 },
    '1.argument.1': { used: 9n, period: today - 1 },
    '2.uses': { used: 1n, period: hour + 1 },
  }
  const chain: Usage = {
    fee: { used: 5n, period: 0 },
    '0.value': { used: 10n, period: 0 },
    '0.uses': { used: 2n, period: 0 },
    '1.argument.1': { used: 4n, period: today },
    '2.uses': { used: 20n, period: hour },
  }
  expect(foreignUsage(journal, chain)).toEqual([
    { cell: '0.value', amount: 3n, period: 0 },
    { cell: '0.uses', amount: 2n, period: 0 },
    { cell: '1.argument.1', amount: 4n, period: today },
  ])
  expect(foreignUsage(chain, journal).map(({ cell }) => cell)).toEqual(['2.uses'])
  expect(foreignUsage({}, {})).toEqual([])
})
