import { BaseError } from '@/lib/errors/BaseError'

/** An error as JSON-RPC shapes it. */
export type RpcErrorShape = { code: number; message: string; data?: unknown }

/**
 * The error that a dapp gets for anything thrown. A {@link BaseError} with a code is passed on; an error of a node (it has a
 * numeric `code` somewhere down its causes) keeps code, message and data; everything else is -32603, an internal error.
 *
 * @see https://eips.ethereum.org/EIPS/eip-1474#error-codes
 */
export function toRpcError(error: unknown): RpcErrorShape {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 8; cause = cause.cause, depth++) {
    if (!hasCode(cause)) continue
    return {
      code: cause.code,
      message: messageOf(cause),
      ...(cause.data === undefined ? {} : { data: cause.data }),
    }
  }
  return {
    code: -32603,
    message:
      error instanceof BaseError
        ? error.message
        : 'Latchkey failed inside. Try again; if it happens again, report it.',
  }
}

// A DOMException has a number too, of a list of its own that says nothing to a dapp.
function hasCode(error: Error): error is Error & { code: number; data?: unknown } {
  if (error instanceof DOMException) return false
  return 'code' in error && typeof error.code === 'number' && Number.isInteger(error.code)
}

// viem's errors carry a long report in `message`; `details` is what the node said.
function messageOf(error: Error): string {
  return 'details' in error && typeof error.details === 'string' && error.details !== ''
    ? error.details
    : error.message
}
