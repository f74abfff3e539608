import { expect, test } from 'vitest'
import { exposedWords } from '@/entrypoints/popup/parts/exposedWords'
import type { ExposedAsset } from '@/lib/policy/totalExposure'

const demo = '0x2222222222222222222222222222222222222222'
const ether = 10n ** 18n
const context = {
  currency: { symbol: 'ETH', decimals: 18 },
  tokens: [{ address: demo, symbol: 'DEMO', decimals: 18 }],
} as const
const token = (most: bigint | null): ExposedAsset => ({ chainId: 1, asset: demo, most, fees: 0n })
const native = (most: bigint | null, fees: bigint): ExposedAsset => ({
  chainId: 1,
  asset: 'native',
  most,
  fees,
})

test('behavior: the least of what the limits leave and what is held', () => {
  const words = (most: bigint | null, balance: bigint | null) => exposedWords(token(most), balance, context)
  expect(words(10n * ether, 94n * ether)).toBe('Up to 10 DEMO of your 94 DEMO.')
  expect(words(10n * ether, 3n * ether)).toBe('Everything you hold, 3 DEMO: the limits leave 10 DEMO.')
  expect(words(10n * ether, 10n * ether)).toBe('Everything you hold, 10 DEMO: the limits leave 10 DEMO.')
  expect(words(10n * ether, 0n)).toBe('Nothing now: you hold no DEMO. The limits leave 10 DEMO.')
  expect(words(10n * ether, null)).toBe('Up to 10 DEMO.')
})

test('behavior: without a limit it is everything, whatever is held', () => {
  const words = (balance: bigint | null) => exposedWords(token(null), balance, context)
  expect(words(94n * ether)).toBe('Everything you hold, 94 DEMO: no limit bounds it.')
  expect(words(null)).toBe('Everything you hold: no limit bounds it.')
  expect(words(0n)).toBe('Nothing now: you hold no DEMO. No limit bounds what comes.')
})

test('behavior: fees are in the figure and told; limits round up, balances down', () => {
  const [fee, all] = [123_456_789_012_345n, 1_284_399_999_999_999_999n]
  expect(exposedWords(native(fee + ether, fee), all, context)).toBe(
    'Up to 1.0002 ETH of your 1.2843 ETH, 0.000124 ETH of it fees.',
  )
  expect(exposedWords(native(fee, fee), null, context)).toBe('Up to 0.000124 ETH, all of it fees.')
})

test('behavior: a token that nobody looked up counts in its smallest units', () => {
  expect(exposedWords(token(7n), null, { ...context, tokens: [] })).toBe('Up to 7 units of 0x2222…2222.')
})
