import { BaseError } from '@/lib/errors/BaseError'

/** EIP-1474 -32602: typed data is malformed. The message names the member. */
export class TypedDataError extends BaseError {
  override readonly name = 'Account.TypedDataError'

  constructor(path: string, reason: string) {
    super(`Typed data: ${path} ${reason}`, { code: -32602 })
  }
}
