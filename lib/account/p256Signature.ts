import { numberToHex, size, slice, type Hex } from 'viem'
import { BaseError } from '@/lib/errors/BaseError'

/** Order of the P-256 group. */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

/** A P-256 signature as the contracts take it: both 32 bytes, `s` in the lower half. */
export type P256Signature = { readonly r: Hex; readonly s: Hex }

/**
 * Reads the DER form in which authenticators answer, and moves `s` to the lower half (authenticators do not; the contracts refuse
 * the upper half).
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-signature-attestation-types
 * @throws {DerSignatureError} The bytes are not a DER signature over P-256.
 */
export function parseDerSignature(der: Hex): P256Signature {
  if (size(der) < 8 || slice(der, 0, 1) !== '0x30' || byteAt(der, 1) !== size(der) - 2)
    throw new DerSignatureError()
  const [r, next] = readInteger(der, 2)
  const [s, end] = readInteger(der, next)
  if (end !== size(der)) throw new DerSignatureError()
  const lowS = s > order / 2n ? order - s : s
  return { r: numberToHex(r, { size: 32 }), s: numberToHex(lowS, { size: 32 }) }
}

function readInteger(der: Hex, at: number): [value: bigint, next: number] {
  const start = at + 2
  const end = start + byteAt(der, at + 1)
  if (byteAt(der, at) !== 2 || end === start || end > size(der)) throw new DerSignatureError()
  const value = BigInt(slice(der, start, end))
  if (value === 0n || value >= order) throw new DerSignatureError()
  return [value, end]
}

function byteAt(bytes: Hex, index: number): number {
  if (index >= size(bytes)) throw new DerSignatureError()
  return Number(slice(bytes, index, index + 1))
}

/** An authenticator's signature is malformed. */
export class DerSignatureError extends BaseError {
  override readonly name = 'Account.DerSignatureError'

  constructor() {
    super('The passkey answered with a signature that is not ECDSA over P-256. Use another passkey.')
  }
}
