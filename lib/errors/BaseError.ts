/** Options of {@link BaseError}. */
export type BaseErrorOptions = {
  cause?: unknown
  /** Code of EIP-1193, EIP-1474 or EIP-5792, for errors that a dapp sees. */
  code?: number
  /** Extra members for the dapp. */
  data?: unknown
}

/**
 * Base of every error that Latchkey throws. Errors live beside the code that throws them and set a `name` of the form
 * `Room.ReasonError`. One with a `code` may reach a dapp; one without is reported to it as -32603.
 */
export class BaseError extends Error {
  override readonly name: string = 'BaseError'
  readonly code: number | undefined
  readonly data: unknown

  constructor(message: string, options: BaseErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = options.code
    this.data = options.data
  }
}
