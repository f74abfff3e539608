import { concat, numberToHex, sha256, stringToHex, type Hex } from 'viem'
import { P256Point, p256Order, p256PointsAt, p256Scalars } from '@/lib/account/p256Points'
import { parseDerSignature } from '@/lib/account/p256Signature'
import type { PasskeyAnswer } from '@/lib/account/passkeySignature'

/** A P-256 public key, 32 bytes each. */
export type PublicKey = { readonly x: Hex; readonly y: Hex }

/**
 * The public keys that can have made all of these answers. An assertion names no key: one signature fits to two keys, two signatures
 * over different challenges have but one key in common.
 *
 * @param answers - Of one passkey.
 * @returns None when the answers are of different keys.
 * @throws {DerSignatureError} A signature is malformed.
 * @see https://www.secg.org/sec1-v2.pdf - 4.1.6, public key recovery
 */
export function recoverKeys(answers: readonly PasskeyAnswer[]): PublicKey[] {
  const [first, ...others] = answers.map(keysOf)
  return (first ?? []).filter((key) =>
    others.every((keys) => keys.some(({ x, y }) => x === key.x && y === key.y)),
  )
}

/** Every key under which an answer's signature is right: (s·R − z·G) / r, for each point R whose coordinate is r. */
function keysOf(answer: PasskeyAnswer): PublicKey[] {
  const { r: rHex, s: sHex } = parseDerSignature(answer.signature)
  const [r, s] = [BigInt(rHex), BigInt(sHex)]
  const z = p256Scalars.create(BigInt(messageOf(answer)))
  const inverse = p256Scalars.inv(r)
  const ofPoint = p256Scalars.mul(s, inverse)
  const ofBase = p256Scalars.neg(p256Scalars.mul(z, inverse))
  // The coordinate may have been larger than the order, which hardly ever happens.
  return [r, r + p256Order].flatMap(p256PointsAt).flatMap((point) => {
    const key = point.multiplyUnsafe(ofPoint).add(P256Point.BASE.multiplyUnsafe(ofBase))
    if (key.equals(P256Point.ZERO)) return []
    const { x, y } = key.toAffine()
    return [{ x: numberToHex(x, { size: 32 }), y: numberToHex(y, { size: 32 }) }]
  })
}

/** What the authenticator signed, hashed. */
function messageOf({ authenticatorData, clientDataJSON }: PasskeyAnswer): Hex {
  return sha256(concat([authenticatorData, sha256(stringToHex(clientDataJSON))]))
}
