import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { keccak256, numberToHex, type Hex } from 'viem'
import { describe, expect, test } from 'vitest'
import { decodeSpec } from '@/lib/account/codecs/latchkey/decodeSpec'
import { encodeSpec } from '@/lib/account/codecs/latchkey/encodeSpec'
import { latchkeyCodec } from '@/lib/account/codecs/latchkey/latchkeyCodec'
import { canonicalSpec } from '@/lib/policy/canonicalSpec'
import { unlimited, type SessionSpec, type UsageLimit } from '@/lib/policy/spec'
import { specArbitrary, wideAmounts } from './specArbitrary'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type Vector = { id: number; comment: string; spec: Json; parts: string[] }
const file = readFileSync('tests/vectors/account/latchkey-spec.json', 'utf8')
const { vectors } = JSON.parse(file) as { vectors: Vector[] }

/** Limits stand as `[type, limit, period]`, amounts as decimal text. */
function reviveSpec(value: Json): unknown {
  if (Array.isArray(value)) {
    const [limitType, limit, period] = value
    if (typeof limitType === 'string') return { limitType, limit: BigInt(String(limit)), period }
    return value.map(reviveSpec)
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === 'maxValuePerUse' ? BigInt(String(item)) : reviveSpec(item),
    ]),
  )
}

const specs = vectors.map(({ spec, ...vector }) => ({ ...vector, spec: reviveSpec(spec) as SessionSpec }))
const [first] = specs
if (!first) throw new Error('There are vectors.')
const base = first.spec
const address = fc.bigInt(1n, 2n ** 160n - 1n).map((value) => numberToHex(value, { size: 20 }))
const anySpec = specArbitrary(wideAmounts, address, fc.integer({ min: 0, max: 2 ** 48 - 1 }))

describe('packed spec', () => {
  test.each(specs)('behavior: vector $id, $comment', ({ spec, parts }) => {
    const packed: Hex = `0x${parts.join('')}`
    expect(encodeSpec(spec)).toBe(packed)
    expect(decodeSpec(packed)).toEqual(spec)
    expect(latchkeyCodec.sessionId(spec)).toBe(keccak256(packed))
  })

  test('behavior: decoding reverses encoding', () => {
    fc.assert(
      fc.property(anySpec, (spec) => {
        expect(decodeSpec(encodeSpec(spec))).toEqual(spec)
      }),
    )
  })

  test('error: no other bytes are a spec: none cut off, appended or changed without changing the meaning', () => {
    fc.assert(
      fc.property(anySpec, fc.nat(), fc.integer({ min: 1, max: 255 }), (spec, place, change) => {
        const packed = encodeSpec(spec)
        const at = 2 + 2 * (place % ((packed.length - 2) / 2))
        const byte = (Number.parseInt(packed.slice(at, at + 2), 16) ^ change).toString(16).padStart(2, '0')
        const changed: Hex = `0x${packed.slice(2, at)}${byte}${packed.slice(at + 2)}`
        let read: SessionSpec | null = null
        try {
          read = decodeSpec(changed)
        } catch (error) {
          expect(error).toMatchObject({ name: 'Account.SpecDecodingError' })
        }
        if (read) expect(read).not.toEqual(spec)
        for (const other of [`${packed}00`, packed.slice(0, -2)] as Hex[])
          expect(() => decodeSpec(other)).toThrow('canonical form')
      }),
    )
  })

  test('error: bytes that are none', () => {
    for (const bytes of ['0x', '0x00', `0x${'ff'.repeat(60)}`] as Hex[])
      expect(() => decodeSpec(bytes)).toThrow(expect.objectContaining({ name: 'Account.SpecDecodingError' }))
  })

  const lifetime = (limit: bigint): UsageLimit => ({ limitType: 'Lifetime', limit, period: 0 })
  const transfer = base.transferPolicies[0]
  if (!transfer) throw new Error('The first vector has a transfer policy.')
  const call = {
    ...transfer,
    selector: '0xa9059cbb' as Hex,
    constraints: [
      { condition: 'Equal' as const, index: 0, refValue: numberToHex(1n, { size: 32 }), limit: unlimited },
    ],
  }
  const [equal] = call.constraints
  if (!equal) throw new Error('It has a constraint.')
  const refused: [string, Partial<SessionSpec>][] = [
    ['signer', { signer: `0x${'00'.repeat(20)}` }],
    ['expiresAt', { expiresAt: 2 ** 48 }],
    ['expiresAt', { expiresAt: 1.5 }],
    ['feeLimit', { feeLimit: unlimited }],
    ['feeLimit.limit', { feeLimit: lifetime(2n ** 80n) }],
    ['feeLimit.period', { feeLimit: { limitType: 'Allowance', limit: 1n, period: 0 } }],
    ['paymaster', { paymaster: { mode: 'Listed', paymaster: `0x${'00'.repeat(20)}` } }],
    ['policies', { transferPolicies: [] }],
    ['policies', { transferPolicies: [transfer, transfer] }],
    ['policies[0].maxValuePerUse', { transferPolicies: [{ ...transfer, maxValuePerUse: 2n ** 96n }] }],
    [
      'policies[0].valueLimit.limit',
      { transferPolicies: [{ ...transfer, valueLimit: lifetime(2n ** 96n) }] },
    ],
    ['policies[0].useLimit.limit', { transferPolicies: [{ ...transfer, useLimit: lifetime(65536n) }] }],
    ['policies[0].useLimit.limit', { transferPolicies: [{ ...transfer, useLimit: lifetime(0n) }] }],
    ['policies[1].selector', { callPolicies: [{ ...call, selector: '0xa9059c' }] }],
    [
      'policies[1].constraints[0].index',
      { callPolicies: [{ ...call, constraints: [{ ...equal, index: 256 }] }] },
    ],
    [
      'policies[1].constraints[0].limit.limit',
      { callPolicies: [{ ...call, constraints: [{ ...equal, limit: lifetime(2n ** 128n) }] }] },
    ],
    [
      'policies[1].constraints[0].refValue',
      { callPolicies: [{ ...call, constraints: [{ ...equal, condition: 'Unconstrained' }] }] },
    ],
  ]
  test.each(refused)('error: %s', (path, change) => {
    expect(() => encodeSpec({ ...base, ...change })).toThrow(expect.objectContaining({ path, code: -32602 }))
  })

  test('error: more than 255 policies, more than 256 cells', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        ...transfer,
        target: numberToHex(index + 1, { size: 20 }),
      }))
    expect(() => encodeSpec({ ...base, transferPolicies: many(256) })).toThrow('policies')
    expect(() => encodeSpec({ ...base, transferPolicies: many(255) })).toThrow('firstCell')
    expect(encodeSpec({ ...base, transferPolicies: many(128) }).length).toBeGreaterThan(1000)
  })
})

describe('canonicalSpec', () => {
  test('behavior: sorts, brings hex to lower case and drops limits on no value', () => {
    const shuffled: SessionSpec = {
      ...base,
      signer: '0xAbAbABABababABABABAbabaBAbaBaBABabAbAbaB',
      transferPolicies: [
        {
          target: '0xFf00000000000000000000000000000000000000',
          maxValuePerUse: 0n,
          valueLimit: unlimited,
          useLimit: unlimited,
        },
        {
          target: '0xEe00000000000000000000000000000000000000',
          maxValuePerUse: 5n,
          valueLimit: unlimited,
          useLimit: unlimited,
        },
      ],
    }
    const { signer, transferPolicies } = canonicalSpec(shuffled)
    expect(signer).toBe(shuffled.signer.toLowerCase())
    expect(
      transferPolicies.map(({ target, valueLimit }) => [target.slice(0, 4), valueLimit.limitType]),
    ).toEqual([
      ['0xee', 'Unlimited'],
      ['0xff', 'Lifetime'],
    ])
    expect(() => encodeSpec(shuffled)).toThrow('canonical order')
  })

  test('error: two policies for the same target', () => {
    const [policy] = base.transferPolicies
    if (!policy) throw new Error('The first vector has a transfer policy.')
    const twice = {
      ...base,
      transferPolicies: [policy, { ...policy, target: policy.target.toUpperCase() as Hex }],
    }
    expect(() => canonicalSpec(twice)).toThrow(expect.objectContaining({ code: -32602 }))
  })
})
