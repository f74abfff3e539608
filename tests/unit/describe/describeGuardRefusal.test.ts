import { expect, test } from 'vitest'
import { describeRefusal } from '@/lib/describe/describeRefusal'
import { context } from './fixtures'

const demo = context.tokens[0]?.address ?? '0x00000000000000000000000000000000000000aa'
const unit = 10n ** 18n

test('behavior: the cap of the minute, with what was signed and when it frees', () => {
  const refusal = { rule: 'GuardPerMinute', cap: 5, signed: 5, waitSeconds: 40 } as const
  expect(describeRefusal(refusal, context)).toBe(
    'Over your own limit: 5 of 5 automatic transactions signed within a minute. Frees in 40 s.',
  )
  expect(describeRefusal({ ...refusal, cap: 0 }, context)).toBe(
    'Over your own limit: nothing is to sign itself.',
  )
})

test('behavior: the ceiling of the day, in the asset’s unit', () => {
  const refusal = {
    rule: 'GuardDailyCeiling',
    call: 0,
    asset: demo,
    limit: 10n * unit,
    used: 8n * unit,
    amount: 3n * unit,
    resetsAt: context.now + 3 * 3600,
  } as const
  expect(describeRefusal(refusal, context)).toBe(
    'Over your own limit of the day: 8 of 10 DEMO used on all sites, this asks 3, 1 too much. Resets in 3 h.',
  )
  expect(describeRefusal({ ...refusal, asset: 'native' }, context)).toContain('8 of 10 ETH used')
})

test('behavior: what cannot be read is said so', () => {
  expect(describeRefusal({ rule: 'GuardUnreadable', call: 0, target: demo }, context)).toContain(
    'cannot be read',
  )
})
