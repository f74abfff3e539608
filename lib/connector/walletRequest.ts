import type { Eip1193Provider } from './findProvider.js'

/** The owner said no. Named as viem's class is, which dapps look for. */
export class UserRejectedRequestError extends Error {
  override readonly name = 'UserRejectedRequestError'
  /** EIP-1193. */
  readonly code = 4001

  constructor(cause: unknown) {
    super('User rejected the request.', { cause })
  }
}

/** Numeric code of a wallet's error, if it has one. */
export function codeOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'number' ? error.code : undefined
}

/**
 * Sends a request to the wallet.
 *
 * @throws {UserRejectedRequestError} 4001.
 * @throws The wallet's own error, with `code` and `data`, else.
 */
export async function walletRequest(
  provider: Eip1193Provider,
  method: string,
  params?: readonly unknown[],
): Promise<unknown> {
  try {
    return await provider.request(params === undefined ? { method } : { method, params })
  } catch (error) {
    if (codeOf(error) === 4001) throw new UserRejectedRequestError(error)
    throw error
  }
}
