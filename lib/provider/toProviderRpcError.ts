import { primordials } from '@/lib/provider/primordials'
import type { RpcError } from '@/lib/provider/relayChannel'

/** `ProviderRpcError` of EIP-1193. */
export type ProviderRpcError = Error & { readonly code: number; readonly data?: unknown }

/**
 * Makes the error that a page gets: an `Error` with own `code` and `data`.
 *
 * @see https://eips.ethereum.org/EIPS/eip-1193#rpc-errors
 */
export function toProviderRpcError({ code, message, data }: RpcError): ProviderRpcError {
  const error = new primordials.Error(message)
  own(error, 'name', 'ProviderRpcError')
  own(error, 'code', code)
  if (data !== undefined) own(error, 'data', data)
  return error as ProviderRpcError
}

/** Error of a request whose arguments do not fit EIP-1193. */
export function invalidParams(message: string): ProviderRpcError {
  return toProviderRpcError({ code: -32602, message })
}

// Not an assignment: that would call a setter that the page put on a prototype.
function own(target: object, name: string, value: unknown) {
  primordials.defineProperty(target, name, {
    __proto__: null,
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  } as PropertyDescriptor)
}
