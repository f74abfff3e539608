import { PasskeyError } from '@/lib/passkey/PasskeyError'

/** Flags of an authenticator's answer. */
export type AuthenticatorFlags = {
  /** BE: the passkey is, or may be, synced. */
  readonly backupEligible: boolean
}

const userPresent = 0x01
const userVerified = 0x04
const backupEligible = 0x08

/**
 * Reads the flags and checks that the user was present and verified, which the contracts demand.
 *
 * @throws {PasskeyError} `malformed`.
 * @see https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data
 */
export function readFlags(authenticatorData: Uint8Array): AuthenticatorFlags {
  const flags = authenticatorData[32]
  if (flags === undefined || authenticatorData.length < 37)
    throw new PasskeyError('malformed', new Error('authenticatorData is shorter than 37 bytes'))
  if ((flags & userPresent) === 0 || (flags & userVerified) === 0)
    throw new PasskeyError('malformed', new Error('the user was not verified'))
  return { backupEligible: (flags & backupEligible) !== 0 }
}
