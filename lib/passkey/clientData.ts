import { base64URLStringToBuffer } from '@simplewebauthn/browser'
import { PasskeyError } from '@/lib/passkey/PasskeyError'

/** Client data of a ceremony, as far as it is used. */
export type ClientData = {
  /** The text that the authenticator's signature covers by its hash. */
  readonly json: string
  readonly origin: string
}

/**
 * Reads `clientDataJSON` and checks that it answers this ceremony.
 *
 * @param base64 - base64url.
 * @param challenge - base64url, as it was asked.
 * @throws {PasskeyError} `malformed`: another type or challenge.
 * @see https://www.w3.org/TR/webauthn-3/#dictdef-collectedclientdata
 */
export function readClientData(
  base64: string,
  type: 'webauthn.create' | 'webauthn.get',
  challenge: string,
): ClientData {
  const json = new TextDecoder('utf-8', { fatal: true }).decode(base64URLStringToBuffer(base64))
  const data: unknown = JSON.parse(json)
  const malformed = (what: string) => new PasskeyError('malformed', new Error(`clientDataJSON: ${what}`))
  if (typeof data !== 'object' || data === null) throw malformed('not an object')
  if (!('type' in data) || data.type !== type) throw malformed('another type')
  if (!('challenge' in data) || data.challenge !== challenge) throw malformed('another challenge')
  if (!('origin' in data) || typeof data.origin !== 'string') throw malformed('no origin')
  return { json, origin: data.origin }
}
