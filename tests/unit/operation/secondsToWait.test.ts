import { expect, test } from 'vitest'
import { secondsToWait } from '@/lib/operation/secondsToWait'

const day = 86_400
const range = { validAfter: 100 * day - 1, validUntil: 101 * day - 1 }
const later = 200 * day

test('behavior: no period, no wait', () => {
  expect(secondsToWait({ validAfter: 0, validUntil: 10 }, later, 9)).toBe(0)
})

test('behavior: in the middle of a period nothing waits', () => {
  expect(secondsToWait(range, later, 100 * day + 500)).toBe(0)
  expect(secondsToWait(range, later, range.validUntil - 15)).toBe(0)
})

test('behavior: within 15 s of its end the next period is waited for', () => {
  expect(secondsToWait(range, later, range.validUntil - 14)).toBe(17)
})

test('behavior: a period that has hardly begun is given two seconds', () => {
  expect(secondsToWait(range, later, 100 * day)).toBe(1)
  expect(secondsToWait(range, later, 100 * day + 1)).toBe(0)
})

test('behavior: the end of the session is not waited for', () => {
  expect(secondsToWait(range, range.validUntil, range.validUntil - 3)).toBe(0)
})

test('behavior: short periods have a moment at which nothing waits', () => {
  for (let period = 1; period <= 40; period++) {
    const short = { validAfter: 1000 * period - 1, validUntil: 1001 * period - 1 }
    const moments = Array.from({ length: period }, (_, second) => 1000 * period + second)
    expect(moments.some((moment) => secondsToWait(short, later * day, moment) === 0)).toBe(true)
  }
})
