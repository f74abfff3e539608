import { encodeFunctionData, hexToBytes, parseAbi, type Hex } from 'viem'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { addressSchema, chainIdSchema, metadataOf, quantitySchema } from '@/lib/rpc/schemas'
import { sponsorOf, sponsorSchema } from '@/lib/rpc/sponsorSchema'

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
  for (const none of ['0x12', { address: '0x12' }, { context: {} }, 7])
    expect(v.is(sponsorSchema, none)).toBe(false)
})

const paymaster = '0x00000000000000000000000000000000000000D1'
const general = (inner: Hex) =>
  encodeFunctionData({ abi: parseAbi(['function general(bytes input)']), args: [inner] })

test.each([
  [paymaster.toLowerCase(), '0x'],
  [{ address: paymaster }, '0x'],
  [{ address: paymaster, data: '0xabcd' }, '0xabcd'],
  [{ address: paymaster, paymasterInput: general('0x') }, '0x'],
  [{ address: paymaster, paymasterInput: [...hexToBytes(general('0x1234'))] }, '0x1234'],
])('param: a paymaster by its address, %j', (given, paymasterData) => {
  expect(sponsorOf(v.parse(sponsorSchema, given))).toEqual({ paymaster, paymasterData })
})

test('error: a paymaster that takes tokens is refused, and the reason says so', () => {
  const abi = parseAbi(['function approvalBased(address token, uint256 minAllowance, bytes innerInput)'])
  const paymasterInput = encodeFunctionData({ abi, args: [paymaster, 1n, '0x'] })
  const given = v.parse(sponsorSchema, { address: paymaster, paymasterInput })
  expect(() => sponsorOf(given)).toThrow(/take tokens/)
  const broken = v.parse(sponsorSchema, { address: paymaster, paymasterInput: '0x8c5a344501' })
  expect(() => sponsorOf(broken)).toThrow(/general\(bytes\)/)
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
