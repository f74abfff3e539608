import { BaseError } from '@/lib/errors/BaseError'

/**
 * The wallet's database could not be read or written. Whoever gets it must stop: without a journal nothing is signed, and unknown
 * usage is refused.
 */
export class StorageError extends BaseError {
  override readonly name = 'Storage.StorageError'

  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, { cause: options.cause, code: -32603 })
  }
}

/**
 * Turns what IndexedDB throws into a {@link StorageError} that says what to do. Every other error is returned as it is, so that a
 * failure of the code inside a transaction keeps its meaning.
 *
 * @param error - Whatever was caught.
 */
export function toStorageError(error: unknown): unknown {
  if (!(error instanceof DOMException)) return error
  if (error.name === 'QuotaExceededError')
    return new StorageError(
      'The disk is full, so nothing can be journalled and nothing is signed. Free some space and try again.',
      {
        cause: error,
      },
    )
  if (error.name === 'NotFoundError')
    return new StorageError(
      'A part of the wallet’s database is missing, so nothing is signed. Reinstall the extension, or restore the browser profile.',
      { cause: error },
    )
  return new StorageError(
    `The wallet’s database failed (${error.name}: ${error.message}). Restart the browser; nothing was signed.`,
    { cause: error },
  )
}
