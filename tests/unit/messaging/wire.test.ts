import { expect, test } from 'vitest'
import { fromWire, toWire } from '@/lib/messaging/wire'

test('behavior: bigints survive the boundary as hex', () => {
  const value = { amount: 10n ** 30n, list: [0n, -5n], text: 'a', nothing: null }
  expect(JSON.stringify(toWire(value))).toContain('"$bigint":"0x')
  expect(fromWire(JSON.parse(JSON.stringify(toWire(value))))).toEqual(value)
})

test('behavior: undefined members are dropped', () => {
  expect(toWire({ a: undefined, b: 1 })).toEqual({ b: 1 })
})

test('error: functions are refused', () => {
  expect(() => toWire({ a: () => 1 })).toThrow('cannot cross')
})

test.each([
  { $bigint: 'not a number' },
  { $bigint: '0x5' },
  { $$bigint: '0x5', $: 1, $$$: 2 },
  JSON.parse('{"__proto__": {"polluted": true}, "a": 1}') as object,
])('error: what a site sends is itself again, and no bigint (%#)', (value) => {
  const back = fromWire<object>(JSON.parse(JSON.stringify(toWire({ value }))))
  expect(back).toEqual({ value })
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
})
