import { BaseError } from '@/lib/errors/BaseError'

/** Why a ceremony gave nothing. */
export type PasskeyFailure =
  /** Closed, timed out or no passkey found: authenticators do not tell which. */
  | 'not-used'
  /** The same, where any passkey of the wallet would have done. */
  | 'none-chosen'
  /** No authenticator can do what is needed. */
  | 'unavailable'
  /** The window lost focus before the prompt. */
  | 'no-focus'
  /** The authenticator holds a passkey of this account already. */
  | 'exists'
  /** The browser does not let this page use the rp.id. */
  | 'not-permitted'
  /** The answer is not what was asked for. */
  | 'malformed'

const sentences: { readonly [reason in PasskeyFailure]: string } = {
  'not-used':
    'No passkey was used: the prompt was closed, ran out of time, or found none here. Nothing was signed.',
  'none-chosen':
    'No passkey was used: the prompt was closed, ran out of time, or found none of Latchkey’s. Try again and choose the device that has it, or create a new passkey.',
  unavailable:
    'This computer offers no passkey. Plug in a security key, or switch on Touch ID or Windows Hello.',
  'no-focus':
    'No passkey was used: this window was not in front. Click into it and try again. Nothing was signed.',
  exists: 'This authenticator already holds a passkey for this account. Use another one.',
  'not-permitted':
    'The browser does not let this build of Latchkey use this passkey. It was made by another build, or the build is wrong.',
  malformed:
    'The authenticator answered with something else than was asked, so nothing was signed. Try another passkey provider.',
}

/** A passkey ceremony failed. `message` is fit for the user; `cause` says what the browser said. */
export class PasskeyError extends BaseError {
  override readonly name = 'Passkey.CeremonyError'
  readonly reason: PasskeyFailure

  constructor(reason: PasskeyFailure, cause: unknown) {
    super(sentences[reason], { cause })
    this.reason = reason
  }
}
