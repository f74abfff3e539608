import type { Address } from 'viem'
import { BaseError } from '@/lib/errors/BaseError'

/** The passkey's account is in this wallet. */
export class AccountKnownError extends BaseError {
  override readonly name = 'Rpc.AccountKnownError'
  constructor(account: string) {
    super(`The account of this passkey is in this wallet already: ${account}. There is nothing to restore.`, {
      code: -32602,
    })
  }
}

/** The passkey was an owner and is none any more. */
export class PasskeyRemovedError extends BaseError {
  override readonly name = 'Rpc.PasskeyRemovedError'
  constructor(account: Address, networks: readonly string[]) {
    super(
      `This passkey does not own ${account} any more: it was removed on ${networks.join(', ')}. Use a passkey that still owns the account.`,
      { code: -32602 },
    )
  }
}

/** Two answers that do not come from one passkey. */
export class AnswersDifferError extends BaseError {
  override readonly name = 'Rpc.AnswersDifferError'
  constructor() {
    super('The two touches were not of one passkey. Start again and choose the same passkey both times.', {
      code: -32602,
    })
  }
}

/** No network tells enough of the account. */
export class AccountUntoldError extends BaseError {
  override readonly name = 'Rpc.AccountUntoldError'
  constructor(account: Address | null) {
    super(
      account === null
        ? 'No network answered, and without one the account cannot be worked out. Check your connection and the networks, then try again.'
        : `This passkey was added to ${account}. No network here tells how that account was made. Add a network on which it is deployed, or use the passkey that it was made with.`,
      { code: -32602 },
    )
  }
}
