import { base64URLStringToBuffer, bufferToBase64URLString } from '@simplewebauthn/browser'
import { bytesToHex, hexToBytes, type Hex } from 'viem'

/** Hex as base64url, the form that WebAuthn's JSON uses. */
export function toBase64Url(hex: Hex): string {
  return bufferToBase64URLString(toBuffer(hex))
}

/** base64url as bytes. */
export function fromBase64Url(base64: string): Uint8Array {
  return new Uint8Array(base64URLStringToBuffer(base64))
}

/** base64url as hex. */
export function toHexFromBase64Url(base64: string): Hex {
  return bytesToHex(fromBase64Url(base64))
}

/** Hex as an `ArrayBuffer` of its own. */
export function toBuffer(hex: Hex): ArrayBuffer {
  return Uint8Array.from(hexToBytes(hex)).buffer
}
