import fc from 'fast-check'
import { numberToHex, type Hex } from 'viem'
import { describe, expect, test } from 'vitest'
import { decodeExecute, encodeExecute } from '@/lib/account/codecs/executeCalls'

const bytes = fc.uint8Array({ maxLength: 100 }).map((data): Hex => `0x${Buffer.from(data).toString('hex')}`)
const call = fc.record({
  to: fc.bigInt(0n, 2n ** 160n - 1n).map((value) => numberToHex(value, { size: 20 })),
  value: fc.bigInt(0n, 2n ** 256n - 1n),
  data: bytes,
})
const lower = (value: unknown) =>
  JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? `${item}` : item)).toLowerCase()

describe('execute calldata', () => {
  test('behavior: a single call is packed, as the contracts read it', () => {
    const to = `0x${'11'.repeat(20)}` as const
    expect(encodeExecute([{ to, value: 5n, data: '0xabcdef01' }])).toBe(
      '0xe9ae5c53' +
        '00'.repeat(32) +
        '40'.padStart(64, '0') +
        '38'.padStart(64, '0') +
        '11'.repeat(20) +
        '05'.padStart(64, '0') +
        'abcdef01' +
        '00'.repeat(8),
    )
  })

  test('behavior: decoding reverses encoding', () => {
    fc.assert(
      fc.property(fc.array(call, { minLength: 1, maxLength: 5 }), (calls) => {
        expect(lower(decodeExecute(encodeExecute(calls)))).toBe(lower(calls))
      }),
    )
  })

  test('error: no call', () => {
    expect(() => encodeExecute([])).toThrow(expect.objectContaining({ code: -32602 }))
  })

  test('error: anything that is not canonical', () => {
    const single = encodeExecute([{ to: `0x${'11'.repeat(20)}`, value: 5n, data: '0xab' }])
    const wrongs: Hex[] = [
      '0x',
      '0x12345678',
      `${single}00`,
      `${single.slice(0, -1)}1` as Hex,
      single.slice(0, -2) as Hex,
    ]
    const emptyBatch: Hex = `0xe9ae5c5301${'00'.repeat(31)}${'40'.padStart(64, '0')}${'40'.padStart(64, '0')}${'20'.padStart(64, '0')}${'00'.repeat(32)}`
    for (const wrong of [...wrongs, emptyBatch, single.replace('e9ae5c5300', 'e9ae5c5302') as Hex])
      expect(() => decodeExecute(wrong)).toThrow('not a canonical')
  })
})
