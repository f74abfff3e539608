import { PasskeyError } from '@/lib/passkey/PasskeyError'

/**
 * Maps what a ceremony threw to a {@link PasskeyError}.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-op-make-cred
 * @see https://www.w3.org/TR/webauthn-3/#sctn-getAssertion
 */
export function toPasskeyError(error: unknown): PasskeyError {
  if (error instanceof PasskeyError) return error
  if (!(error instanceof Error)) return new PasskeyError('malformed', error)
  switch (error.name) {
    case 'NotAllowedError':
      // Chromium: "The operation is not allowed at this time because the page does not have focus."
      return new PasskeyError(/focus/i.test(error.message) ? 'no-focus' : 'not-used', error)
    case 'AbortError':
      return new PasskeyError('not-used', error)
    // Step 4, 5: no resident keys or no user verification. Step 2: no ES256.
    case 'ConstraintError':
    case 'NotSupportedError':
      return new PasskeyError('unavailable', error)
    // Step 3: one of excludeCredentials is bound to the authenticator.
    case 'InvalidStateError':
      return new PasskeyError('exists', error)
    // The rp.id is neither the extension's id nor a host that it has permission for.
    case 'SecurityError':
      return new PasskeyError('not-permitted', error)
    default:
      // The library's own word for a browser without WebAuthn.
      if (/not supported in this browser/.test(error.message)) return new PasskeyError('unavailable', error)
      return new PasskeyError('malformed', error)
  }
}
