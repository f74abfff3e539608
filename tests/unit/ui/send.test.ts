import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { formatUnits, getAddress, maxUint256, type Address } from 'viem'
import { noteWords } from '@/entrypoints/popup/send/noteWords'
import { parseAmount } from '@/entrypoints/popup/send/parseAmount'
import { parseRecipient } from '@/entrypoints/popup/send/parseRecipient'

const ether = { symbol: 'ETH', decimals: 18 }
const cents = { symbol: 'CENT', decimals: 2 }
const whole = { symbol: 'PIECE', decimals: 0 }

describe('parseAmount', () => {
  test('behavior: any amount is read back from its decimal text', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, maxUint256), fc.integer({ min: 0, max: 77 }), (amount, decimals) => {
        expect(parseAmount(formatUnits(amount, decimals), { symbol: 'X', decimals })).toEqual({
          amount,
          error: null,
        })
      }),
    )
  })

  test('param: points at either end, spaces around, zeros that say nothing', () => {
    const amountOf = (text: string) => parseAmount(text, cents).amount
    expect(['1.5', ' 1.50 ', '1.500', '01.5'].map(amountOf)).toEqual([150n, 150n, 150n, 150n])
    expect(['.5', '5.', '0.01'].map(amountOf)).toEqual([50n, 500n, 1n])
    expect(parseAmount('3.000', whole).amount).toBe(3n)
    expect(parseAmount('  ', ether)).toEqual({ amount: null, error: null })
  })

  test('error: a comma is never guessed at', () => {
    for (const text of ['1,5', '1,500', '1,500.25', '1.500,25', ','])
      expect(parseAmount(text, ether)).toEqual({
        amount: null,
        error: 'Write it with a point and without commas: 1.5 or 1500.',
      })
  })

  test('error: what is no plain decimal number', () => {
    for (const text of ['1e18', '-1', '+1', '0x10', '1 000', '1.2.3', '.', 'all', '١', 'Infinity', '1_000'])
      expect(parseAmount(text, ether)).toMatchObject({
        amount: null,
        error: expect.stringContaining('digits'),
      })
  })

  test('error: more places than the unit has, nothing, and more than there can be', () => {
    expect(parseAmount('1.234', cents).error).toBe('CENT has 2 decimal places, this has 3.')
    expect(parseAmount('1.5', whole).error).toBe('PIECE has no parts: write a whole number.')
    for (const text of ['0', '0.0', '.0'])
      expect(parseAmount(text, ether).error).toContain('more than nothing')
    expect(parseAmount(String(maxUint256 + 1n), whole).error).toBe('No token has so much.')
  })
})

describe('parseRecipient', () => {
  const address = getAddress('0x51c2a9e40d7bb3a95b02c4a64fd0e1f84e0a3c77')

  test('behavior: a checksum that fits, and addresses without one', () => {
    expect(parseRecipient(` ${address} `)).toEqual({ address, error: null, checked: true })
    for (const text of [
      address.toLowerCase(),
      `0x${address.slice(2).toUpperCase()}`,
      `0X${address.slice(2).toLowerCase()}`,
    ])
      expect(parseRecipient(text)).toEqual({ address, error: null, checked: false })
  })

  test('error: one wrong character breaks the checksum', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 41 }), (at) => {
        const letter = address[at] ?? ''
        const turned = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()
        const text = address.slice(0, at) + turned + address.slice(at + 1)
        const { error } = parseRecipient(text)
        expect(error === null).toBe(turned === letter)
      }),
    )
  })

  test('error: what is no address says why', () => {
    expect(parseRecipient('').error).toBeNull()
    expect(parseRecipient('vitalik.eth').error).toContain('Names are not looked up')
    expect(parseRecipient(address.slice(0, -1)).error).toContain('this has 39')
    expect(parseRecipient(`${address}0`).error).toContain('this has 41')
    expect(parseRecipient(address.slice(2)).error).toContain('begins with 0x')
    expect(parseRecipient(`0x${'g'.repeat(40)}`).error).toContain('a–f')
  })
})

test('behavior: what is lost stops, what may be a trap takes an act more', () => {
  const known: Address = '0x51c2a9e40d7bb3a95b02c4a64fd0e1f84e0a3c77'
  const tone = (note: Parameters<typeof noteWords>[0]) => noteWords(note, true, 'Base').tone
  expect(tone({ kind: 'zero' })).toBe('stop')
  expect(tone({ kind: 'token-contract' })).toBe('stop')
  expect(tone({ kind: 'look-alike', known })).toBe('danger')
  expect(tone({ kind: 'own', name: 'Account 2', usable: false })).toBe('danger')
  expect(tone({ kind: 'own', name: 'Account 2', usable: true })).toBe('plain')
  expect(tone({ kind: 'contract' })).toBe('caution')
  expect(noteWords({ kind: 'look-alike', known }, true, 'Base').text).toContain(getAddress(known).slice(0, 6))
})
