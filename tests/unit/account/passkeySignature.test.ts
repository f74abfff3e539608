import { keccak256, size, slice, type Hex } from 'viem'
import { describe, expect, test } from 'vitest'
import { encodePasskeySignature, passkeyStub } from '@/lib/account/codecs/latchkey/passkeySignature'
import { parseDerSignature } from '@/lib/account/p256Signature'
import { parsePasskeySignature } from '@/lib/account/passkeySignature'

const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
const origin = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop'
const challenge: Hex = `0x${'fb'.repeat(32)}`
const start = `{"type":"webauthn.get","challenge":"${'-_v7'.repeat(10)}-_s","origin":"${origin}"`
const authenticatorData: Hex = `0x${'aa'.repeat(32)}05${'00'.repeat(4)}`
const passkey = { x: `0x${'01'.repeat(32)}`, y: `0x${'02'.repeat(32)}`, origin } as const

/** DER of (r, s), as authenticators write it. */
function der(r: bigint, s: bigint): Hex {
  const integer = (value: bigint) => {
    const digits = value.toString(16)
    const even = digits.length % 2 ? `0${digits}` : digits
    const padded = Number.parseInt(even.slice(0, 2), 16) > 127 ? `00${even}` : even
    return `02${(padded.length / 2).toString(16).padStart(2, '0')}${padded}`
  }
  const body = integer(r) + integer(s)
  return `0x30${(body.length / 2).toString(16).padStart(2, '0')}${body}`
}

function answer(clientDataJSON: string, data: Hex = authenticatorData) {
  return { authenticatorData: data, clientDataJSON, signature: der(1n, 2n) }
}

describe('parseDerSignature', () => {
  test('behavior: r and s in 32 bytes, whatever their length', () => {
    const high = order - 1n
    expect(parseDerSignature(der(1n, 127n))).toEqual({
      r: `0x${'01'.padStart(64, '0')}`,
      s: `0x${'7f'.padStart(64, '0')}`,
    })
    expect(BigInt(parseDerSignature(der(high, 200n)).r)).toBe(high)
  })

  test('behavior: s moves to the lower half', () => {
    expect(BigInt(parseDerSignature(der(5n, order - 3n)).s)).toBe(3n)
    expect(BigInt(parseDerSignature(der(5n, order / 2n)).s)).toBe(order / 2n)
    expect(BigInt(parseDerSignature(der(5n, order / 2n + 1n)).s)).toBe(order / 2n)
  })

  test('error: not DER, or out of range', () => {
    const good = der(1n, 2n)
    const wrongs: Hex[] = [
      '0x',
      '0x30',
      `${good}00`,
      `0x31${good.slice(4)}`,
      der(0n, 1n),
      der(1n, 0n),
      der(order, 1n),
    ]
    for (const wrong of wrongs)
      expect(() => parseDerSignature(wrong)).toThrow(
        expect.objectContaining({ name: 'Account.DerSignatureError' }),
      )
  })
})

describe('parsePasskeySignature', () => {
  test('behavior: the rest of the client data is what stands behind the origin', () => {
    for (const rest of ['}', ',"crossOrigin":false}', ',"crossOrigin":false,"more":"}"}'])
      expect(parsePasskeySignature(answer(start + rest), challenge, origin)).toMatchObject({
        rest,
        authenticatorData,
      })
  })

  test('error: another challenge, origin, type, a cross-origin frame, other order', () => {
    const wrongs = [
      start.replace('-_v7', 'AAAA') + '}',
      start.replace('abcdefgh', 'bbcdefgh') + '}',
      start.replace('webauthn.get', 'webauthn.create') + '}',
      `${start},"crossOrigin":true}`,
      `${start},"topOrigin":"https://thief.example"}`,
      ` ${start}}`,
      start,
    ]
    for (const wrong of wrongs)
      expect(() => parsePasskeySignature(answer(wrong), challenge, origin)).toThrow('something else')
  })

  test('error: nobody was verified, or data too short or too long', () => {
    for (const flags of ['01', '04', '00'])
      expect(() =>
        parsePasskeySignature(answer(`${start}}`, `0x${'aa'.repeat(32)}${flags}00000000`), challenge, origin),
      ).toThrow('nobody was verified')
    for (const data of [slice(authenticatorData, 0, 36), `${authenticatorData}${'00'.repeat(219)}` as Hex])
      expect(() => parsePasskeySignature(answer(`${start}}`, data), challenge, origin)).toThrow('length')
  })
})

describe('encodePasskeySignature', () => {
  test('behavior: field by field', () => {
    const parts = parsePasskeySignature(answer(`${start}}`), challenge, origin)
    const encoded = encodePasskeySignature(parts, passkey, 0x0102030405)
    const originHex = Buffer.from(origin).toString('hex')
    expect(encoded).toBe(
      `0x${'01'.padStart(64, '0')}${'02'.padStart(64, '0')}${'01'.repeat(32)}${'02'.repeat(32)}000102030405` +
        `25${(originHex.length / 2).toString(16)}${authenticatorData.slice(2)}${originHex}7d`,
    )
  })

  test('behavior: the stub is at least as long as an answer with PRF and extra client data', () => {
    const withPrf: Hex = `0x${'aa'.repeat(32)}85${'00'.repeat(4 + 80)}`
    const rest = `,"crossOrigin":false,"extra":"${'x'.repeat(100)}"}`
    const parts = parsePasskeySignature(answer(start + rest, withPrf), challenge, origin)
    const stub = passkeyStub(passkey, 1_800_000_000)
    expect(size(stub)).toBeGreaterThanOrEqual(size(encodePasskeySignature(parts, passkey, 1_800_000_000)))
    expect(keccak256(stub)).toBe(keccak256(passkeyStub(passkey, 1_800_000_000)))
  })
})
