import * as v from 'valibot'
import { expect, test } from 'vitest'
import { addressSchema, chainIdSchema, metadataOf, quantitySchema, sponsorSchema } from '@/lib/rpc/schemas'

test('param: addresses in any case are checksummed', () => {
  const lower = '0xd8da6bf26964af9d7eed9e03e53415d37aa96045'
  expect(v.parse(addressSchema, lower)).toBe('0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045')
  expect(v.parse(addressSchema, `0x${lower.slice(2).toUpperCase()}`)).toBe(v.parse(addressSchema, lower))
  expect(v.is(addressSchema, 'vitalik.eth')).toBe(false)
})

test.each([
  ['0x10', 16n],
  ['16', 16n],
  [16, 16n],
  [`0x${'f'.repeat(64)}`, 2n ** 256n - 1n],
])('param: the quantity %s is %s', (given, expected) => {
  expect(v.parse(quantitySchema, given)).toBe(expected)
})

test.each([
  '',
  '0x',
  ' 1',
  '1e3',
  '-1',
  '0x1g',
  1.5,
  -1,
  2 ** 60,
  null,
  {},
  [1],
  true,
  `0x1${'0'.repeat(64)}`,
])('error: %j is no quantity', (given) => {
  expect(v.is(quantitySchema, given)).toBe(false)
})

test('error: zero and what no number can hold are no chain ids', () => {
  expect(v.is(chainIdSchema, '0x0')).toBe(false)
  expect(v.is(chainIdSchema, '0x20000000000000')).toBe(false)
})

test('error: a sponsor is an https service, or one on this computer', () => {
  const is = (url: string) => v.is(sponsorSchema, { url })
  expect(is('https://pay.example/rpc')).toBe(true)
  expect(is('http://127.0.0.1:1')).toBe(true)
  for (const url of ['http://pay.example', 'ftp://pay.example', 'javascript:1', 'data:,', 'pay', 'file:///x'])
    expect(is(url)).toBe(false)
  expect(v.is(sponsorSchema, '0x00000000000000000000000000000000000000d1')).toBe(false)
})

test('behavior: an icon is kept only if it is in the request itself', () => {
  const icon = 'data:image/png;base64,AA=='
  expect(metadataOf({ name: 'Orchard', icon })).toEqual({ name: 'Orchard', icon })
  for (const remote of ['https://orchard.example/i.png', 'http://127.0.0.1/i', 'data:text/html,x', null])
    expect(metadataOf({ name: 'Orchard', icon: remote })).toEqual({ name: 'Orchard' })
})

test('behavior: a name loses what is not seen or turns its neighbours', () => {
  expect(metadataOf({ name: ' Or\u202echard\u200b\n' })).toEqual({ name: 'Orchard' })
  expect(metadataOf({ name: '\u200b' })).toEqual({})
})
