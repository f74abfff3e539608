import { expect, test } from 'vitest'
import { formatBrief } from '@/lib/ui/formatBrief'

test.each([
  [0n, '0'],
  [1_000_000_000_000_000_000n, '1'],
  [1_234_567_890_000_000_000_000n, '1,234.5678'],
  [123_456_789_012_345_678_901_234n, '123,456.789'],
  [1_284_350_000_000_000_000n, '1.2843'],
  [123_456_789_012_345n, '0.000123'],
  [1n, '0.000000000000000001'],
])('behavior: %s wei reads %s', (value, text) => {
  expect(formatBrief(value, 18)).toBe(text)
})

test('param: round up never tells less than it costs', () => {
  expect(formatBrief(123_456_789_012_345n, 18, { round: 'up' })).toBe('0.000124')
  expect(formatBrief(999_999_999_999_999_999n, 18, { round: 'up' })).toBe('1')
  expect(formatBrief(1_000_000_000_000_000_001n, 18, { round: 'up' })).toBe('1.0001')
})

test('param: an amount without decimals is grouped', () => {
  expect(formatBrief(1_234_567n, 0)).toBe('1,234,567')
})

test('param: six decimals', () => {
  expect(formatBrief(1_500_000n, 6)).toBe('1.5')
  expect(formatBrief(1n, 6)).toBe('0.000001')
})
