import { expect, test } from 'vitest'
import { backOff } from '@/lib/approval/backOff'

const now = 1_800_000_000_000
const refusals = (count: number, ago = 0) => Array.from({ length: count }, () => ({ endedAt: now - ago }))

test('behavior: the third refusal in a row makes a site wait 5 s, each further one twice as long, at most 5 minutes', () => {
  expect([0, 1, 2, 3, 4, 5, 20].map((count) => backOff(refusals(count), now))).toEqual([
    0, 0, 0, 5_000, 10_000, 20_000, 300_000,
  ])
})

test('behavior: time that passed counts; old refusals are forgotten', () => {
  expect(backOff(refusals(3, 4_999), now)).toBe(1)
  expect(backOff(refusals(3, 5_000), now)).toBe(0)
  expect(backOff(refusals(20, 15 * 60_000), now)).toBe(0)
})
