import { createHash, createPublicKey, verify } from 'node:crypto'
import fc from 'fast-check'
import { bytesToHex, hexToBytes, numberToHex, type Hex } from 'viem'
import { describe, expect, test } from 'vitest'
import { parseDerSignature } from '@/lib/account/p256Signature'
import type { PasskeyAnswer } from '@/lib/account/passkeySignature'
import { recoverKeys, type PublicKey } from '@/lib/account/recoverKeys'
import { softPasskey } from '../operation/softPasskey'

const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
const challenge = () => bytesToHex(crypto.getRandomValues(new Uint8Array(32)))
const keyOf = ({ passkey: { x, y } }: ReturnType<typeof softPasskey>) => ({ x, y })

/** What Node says of an answer under a key. */
function isSignedBy(
  { authenticatorData, clientDataJSON, signature }: PasskeyAnswer,
  { x, y }: PublicKey,
): boolean {
  const text = (hex: Hex) => Buffer.from(hexToBytes(hex)).toString('base64url')
  const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: text(x), y: text(y) }, format: 'jwk' })
  const signed = Buffer.concat([
    hexToBytes(authenticatorData),
    createHash('sha256').update(clientDataJSON).digest(),
  ])
  return verify('sha256', signed, { key, dsaEncoding: 'der' }, hexToBytes(signature))
}

/** DER of two numbers. */
function der(...numbers: bigint[]): Hex {
  const parts = numbers.map((number) => {
    const hex = number.toString(16)
    const even = hex.length % 2 === 0 ? hex : `0${hex}`
    const positive = Number.parseInt(even.slice(0, 2), 16) > 127 ? `00${even}` : even
    return `02${(positive.length / 2).toString(16).padStart(2, '0')}${positive}`
  })
  const body = parts.join('')
  return `0x30${(body.length / 2).toString(16).padStart(2, '0')}${body}`
}

describe('recoverKeys', () => {
  test('behavior: one answer fits to two keys, two answers to the one that made them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        const owner = softPasskey()
        const first = owner.assert(bytesToHex(bytes))
        const candidates = recoverKeys([first])
        expect(candidates).toHaveLength(2)
        expect(candidates).toContainEqual(keyOf(owner))
        for (const key of candidates) expect(isSignedBy(first, key)).toBe(true)
        expect(recoverKeys([first, owner.assert(challenge())])).toEqual([keyOf(owner)])
      }),
      { numRuns: 25 },
    )
  }, 30_000)

  test('behavior: the half in which s lies tells nothing, and changes nothing', () => {
    const owner = softPasskey()
    const answer = owner.assert(challenge())
    const { r, s } = parseDerSignature(answer.signature)
    const low = { ...answer, signature: der(BigInt(r), BigInt(s)) }
    const high = { ...answer, signature: der(BigInt(r), order - BigInt(s)) }
    expect(recoverKeys([high])).toEqual(recoverKeys([low]))
    expect(recoverKeys([high, owner.assert(challenge())])).toEqual([keyOf(owner)])
  })

  test('behavior: coordinates have 32 bytes, whatever they begin with', () => {
    for (const { x, y } of recoverKeys([softPasskey().assert(challenge())]))
      expect([x.length, y.length]).toEqual([66, 66])
  })

  test('error: answers of two passkeys have no key in common', () => {
    expect(recoverKeys([softPasskey().assert(challenge()), softPasskey().assert(challenge())])).toEqual([])
    expect(recoverKeys([])).toEqual([])
  })

  test('error: one answer given twice decides nothing', () => {
    const answer = softPasskey().assert(challenge())
    expect(recoverKeys([answer, answer])).toHaveLength(2)
  })

  test('error: an answer over other bytes than were signed leads to other keys', () => {
    const owner = softPasskey()
    const answer = owner.assert(challenge())
    const forged = {
      ...answer,
      clientDataJSON: answer.clientDataJSON.replace('webauthn.get', 'webauthn.got'),
    }
    expect(recoverKeys([forged])).not.toContainEqual(keyOf(owner))
    expect(recoverKeys([owner.assert(challenge()), forged])).toEqual([])
  })

  test('error: a signature that is none', () => {
    const answer = softPasskey().assert(challenge())
    expect(() => recoverKeys([{ ...answer, signature: numberToHex(5) }])).toThrow('not ECDSA over P-256')
  })
})
