import { bytesToHex, hexToBytes, stringToBytes, type Hex } from 'viem'

/** AES-256-GCM ciphertext with its nonce. */
export type Sealed = { readonly iv: Hex; readonly ciphertext: Hex }

/**
 * Seals `secret` under a 256-bit key. `context` is authenticated: the same words are needed to open it.
 *
 * @param key - 32 bytes.
 */
export async function seal(key: Hex, secret: Hex, context: readonly string[]): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const ciphertext = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: additionalData(context) },
    await aesKey(key, 'encrypt'),
    bytes(secret),
  )
  return { iv: bytesToHex(iv), ciphertext: bytesToHex(new Uint8Array(ciphertext)) }
}

/**
 * Opens what {@link seal} sealed.
 *
 * @throws DOMException `OperationError` when key, context or ciphertext differ.
 */
export async function unseal(key: Hex, sealed: Sealed, context: readonly string[]): Promise<Hex> {
  const secret = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: bytes(sealed.iv), additionalData: additionalData(context) },
    await aesKey(key, 'decrypt'),
    bytes(sealed.ciphertext),
  )
  return bytesToHex(new Uint8Array(secret))
}

/**
 * Derives the key that wraps a vault key for one passkey: HKDF-SHA-256 of the passkey's PRF output, bound to its credential id.
 *
 * @param prf - 32 bytes from the authenticator.
 */
export async function wrappingKey(prf: Hex, credentialId: Hex): Promise<Hex> {
  const material = await crypto.subtle.importKey('raw', bytes(prf), 'HKDF', false, ['deriveBits'])
  const bits = await crypto.subtle.deriveBits(
    {
      name: 'HKDF',
      hash: 'SHA-256',
      salt: bytes(credentialId),
      info: stringToBytes('latchkey vault wrap 1').slice(),
    },
    material,
    256,
  )
  return bytesToHex(new Uint8Array(bits))
}

/** A fresh 256-bit key. */
export function randomKey(): Hex {
  return bytesToHex(crypto.getRandomValues(new Uint8Array(32)))
}

// A JSON array: two different contexts can never give the same bytes.
const additionalData = (context: readonly string[]) => stringToBytes(JSON.stringify(context)).slice()

const aesKey = (key: Hex, usage: 'encrypt' | 'decrypt') =>
  crypto.subtle.importKey('raw', bytes(key), 'AES-GCM', false, [usage])

// A copy on an ArrayBuffer of its own, as WebCrypto's types ask for.
const bytes = (hex: Hex) => hexToBytes(hex).slice()
