import { BaseError } from '@/lib/errors/BaseError'

/** A session spec does not fit the layout of the contracts. */
export class SpecEncodingError extends BaseError {
  override readonly name = 'Account.SpecEncodingError'

  constructor(
    readonly path: string,
    reason: string,
  ) {
    super(`The session's ${path} ${reason}.`, { code: -32602 })
  }
}

/** Bytes are not an encoded session spec. */
export class SpecDecodingError extends BaseError {
  override readonly name = 'Account.SpecDecodingError'

  constructor(cause: unknown) {
    super('The bytes are not a session spec in its canonical form.', cause === null ? {} : { cause })
  }
}
