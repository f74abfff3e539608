import { size, slice, type Hex } from 'viem'
import { clientDataRest } from '@/lib/account/clientData'
import { parseDerSignature, type P256Signature } from '@/lib/account/p256Signature'
import { BaseError } from '@/lib/errors/BaseError'

/** An authenticator's answer, as far as a signature needs it. */
export type PasskeyAnswer = {
  readonly authenticatorData: Hex
  readonly clientDataJSON: string
  /** DER-encoded ECDSA signature. */
  readonly signature: Hex
}

/** An authenticator's answer, checked, in the parts that the account's codec puts on the wire. */
export type PasskeySignature = P256Signature & {
  readonly authenticatorData: Hex
  readonly clientDataJSON: string
  /** Client data behind the origin. */
  readonly rest: string
}

/** User present and user verified. */
const requiredFlags = 0x05

/**
 * Turns an authenticator's answer into the parts of an on-chain signature, and checks what the contracts will check but for the
 * signature itself.
 *
 * @param challenge - 32 bytes that were asked.
 * @param origin - The passkey's origin.
 * @throws {ClientDataError} Another challenge, origin or type was signed.
 * @throws {AuthenticatorDataError} The user was not verified.
 * @throws {DerSignatureError} The signature is malformed.
 */
export function parsePasskeySignature(
  answer: PasskeyAnswer,
  challenge: Hex,
  origin: string,
): PasskeySignature {
  const { authenticatorData, clientDataJSON, signature } = answer
  const rest = clientDataRest(clientDataJSON, challenge, origin)
  const length = size(authenticatorData)
  if (length < 37 || length > 255) throw new AuthenticatorDataError('has an unexpected length')
  const flags = Number(slice(authenticatorData, 32, 33))
  if ((flags & requiredFlags) !== requiredFlags)
    throw new AuthenticatorDataError('says that nobody was verified')
  return { ...parseDerSignature(signature), authenticatorData, clientDataJSON, rest }
}

/** The authenticator's data does not allow an owner operation. */
export class AuthenticatorDataError extends BaseError {
  override readonly name = 'Account.AuthenticatorDataError'

  constructor(reason: string) {
    super(`The passkey's answer ${reason}. Use a passkey with a PIN, fingerprint or face check.`)
  }
}
