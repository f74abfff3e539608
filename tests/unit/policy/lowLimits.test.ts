import { expect, test } from 'vitest'
import { lowLimits } from '@/lib/policy/lowLimits'
import type { Usage } from '@/lib/policy/usage'
import { day, midnight, orchardSpec } from './fixtures'

const today = midnight / day
const hour = midnight / 3600
const low = (usage: Usage) => lowLimits(orchardSpec, usage, midnight).map(({ cell }) => cell)

test('behavior: from 80 % on a limit is low: fee, value, uses and arguments alike', () => {
  expect(low({})).toEqual([])
  expect(low({ fee: { used: 8n * 10n ** 14n, period: 0 } })).toEqual(['fee'])
  expect(low({ fee: { used: 8n * 10n ** 14n - 1n, period: 0 } })).toEqual([])
  expect(low({ '0.value': { used: 8n * 10n ** 15n, period: 0 }, '0.uses': { used: 4n, period: 0 } })).toEqual(
    ['0.value', '0.uses'],
  )
  expect(low({ '0.uses': { used: 3n, period: 0 } })).toEqual([])
  expect(low({ '1.argument.1': { used: 10n ** 19n, period: today } })).toEqual(['1.argument.1'])
  expect(low({ '2.uses': { used: 16n, period: hour } })).toEqual(['2.uses'])
})

test('behavior: what was used in a period that is over does not count', () => {
  expect(low({ '1.argument.1': { used: 10n ** 19n, period: today - 1 } })).toEqual([])
})

test('behavior: a limit of nothing is not low', () => {
  const spec = { ...orchardSpec, feeLimit: { ...orchardSpec.feeLimit, limit: 0n } }
  expect(lowLimits(spec, {}, midnight)).toEqual([])
})
