import { concat, keccak256, numberToHex, recoverAddress, size, slice, type Hex } from 'viem'
import { privateKeyToAddress, sign } from 'viem/accounts'
import { describe, expect, test } from 'vitest'
import { codecFor } from '@/lib/account/codecs/codec'
import { nonceKey } from '@/lib/account/codecs/latchkey/nonceKey'
import { unlimited, type SessionSpec } from '@/lib/policy/spec'

const codec = codecFor('latchkey')
const privateKey: Hex = `0x${'07'.repeat(32)}`
const hash: Hex = `0x${'ab'.repeat(32)}`
const spec: SessionSpec = {
  signer: privateKeyToAddress(privateKey).toLowerCase() as Hex,
  expiresAt: 1_800_000_000,
  feeLimit: { limitType: 'Lifetime', limit: 5n, period: 0 },
  paymaster: { mode: 'None' },
  transferPolicies: [
    { target: `0x${'11'.repeat(20)}`, maxValuePerUse: 0n, valueLimit: unlimited, useLimit: unlimited },
  ],
  callPolicies: [],
}
const parts = { spec, timestamp: 1_700_000_000, deadline: 1_700_000_300, policyIndex: [0, 0] }

describe('session signature', () => {
  test('behavior: field by field, and the key can be recovered', async () => {
    const id = codec.sessionId(spec)
    const digest = codec.sessionHash(hash, id, parts.timestamp, parts.deadline)
    const [t, deadline] = [parts.timestamp, parts.deadline].map((time) => numberToHex(time, { size: 6 }))
    expect(digest).toBe(keccak256(concat([hash, id, t ?? '0x', deadline ?? '0x'])))
    const { r, s, yParity = 0 } = await sign({ hash: digest, privateKey, to: 'object' })
    const encoded = codec.sessionSignature(parts, { r, s, yParity })
    expect(slice(encoded, 0, 32)).toBe(r)
    const vs = BigInt(slice(encoded, 32, 64))
    expect([vs >> 255n, vs & (2n ** 255n - 1n)]).toEqual([BigInt(yParity), BigInt(s)])
    expect(slice(encoded, 64)).toBe(concat([t ?? '0x', deadline ?? '0x', '0x0000', codec.encodeSpec(spec)]))
    const signer = await recoverAddress({ hash: digest, signature: { r, s, yParity } })
    expect(signer.toLowerCase()).toBe(spec.signer)
    expect(size(codec.sessionStub(parts))).toBe(size(encoded))
  })

  test('error: a high s', () => {
    const high = {
      r: numberToHex(1n, { size: 32 }),
      s: numberToHex(2n ** 255n + 1n, { size: 32 }),
      yParity: 0,
    }
    expect(() => codec.sessionSignature(parts, high)).toThrow('high s')
  })

  test('behavior: the challenge of the passkey covers the deadline', () => {
    expect(codec.passkeyChallenge(hash, 258)).toBe(keccak256(concat([hash, '0x000000000102'])))
  })
})

describe('nonceKey', () => {
  test('behavior: validator, then lane', () => {
    expect(nonceKey(null, 7)).toBe(7n)
    expect(nonceKey(`0x${'00'.repeat(19)}02`, 2 ** 32 - 1)).toBe(0x2ffffffffn)
  })

  test('error: a lane that is no uint32', () => {
    for (const lane of [-1, 1.5, 2 ** 32]) expect(() => nonceKey(null, lane)).toThrow('lane')
  })
})
