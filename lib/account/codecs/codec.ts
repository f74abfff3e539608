import type { AccountKind } from '@/lib/account/account'
import type { AccountCodec } from '@/lib/account/codecs/AccountCodec'
import { latchkeyCodec } from '@/lib/account/codecs/latchkey/latchkeyCodec'
import { BaseError } from '@/lib/errors/BaseError'

/**
 * The codec of an account kind.
 *
 * @throws {UnsupportedAccountKindError} This wallet cannot work with accounts of that kind yet.
 */
export function codecFor(kind: AccountKind): AccountCodec {
  if (kind === 'latchkey') return latchkeyCodec
  throw new UnsupportedAccountKindError(kind)
}

/** No codec for the account kind. */
export class UnsupportedAccountKindError extends BaseError {
  override readonly name = 'Account.UnsupportedAccountKindError'

  constructor(kind: AccountKind) {
    super(`Accounts of the kind ${kind} are not supported by this version. Choose another network.`)
  }
}
