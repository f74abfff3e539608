import { bytesToHex, hexToBytes, type Hex } from 'viem'
import { PasskeyError } from '@/lib/passkey/PasskeyError'

/** SubjectPublicKeyInfo of a P-256 key up to its uncompressed point. */
const head = hexToBytes('0x3059301306072a8648ce3d020106082a8648ce3d03010703420004')

/**
 * Reads a P-256 public key in SubjectPublicKeyInfo form, as `getPublicKey()` gives it.
 *
 * @throws {PasskeyError} `malformed`: another curve or form.
 * @see https://www.rfc-editor.org/rfc/rfc5480
 */
export function readPublicKey(spki: Uint8Array): { readonly x: Hex; readonly y: Hex } {
  if (spki.length !== head.length + 64 || !head.every((byte, index) => spki[index] === byte))
    throw new PasskeyError('malformed', new Error('the public key is no uncompressed P-256 key'))
  const at = head.length
  return { x: bytesToHex(spki.subarray(at, at + 32)), y: bytesToHex(spki.subarray(at + 32)) }
}
