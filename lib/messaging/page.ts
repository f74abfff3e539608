/**
 * Protocol of the port between a content script and the background. The page's origin, frame and document never travel in a
 * message: the background reads them from the port's sender.
 */

/** Name of the port that a content script opens. */
export const pagePortName = 'latchkey:page'

/** An error as EIP-1193 and JSON-RPC shape it. */
export type RpcError = { readonly code: number; readonly message: string; readonly data?: unknown }

/** From the content script to the background. */
export type PageToBackground =
  /** A JSON-RPC request. `id` is a random UUID, made by the content script, and is the name to re-attach by. */
  | { readonly type: 'request'; readonly id: string; readonly method: string; readonly params?: unknown }
  /** After a reconnect: asks for the answer to a request sent before. Unknown ids are answered with code 4900. */
  | { readonly type: 'attach'; readonly id: string }
  /** Sent every 20 s while a request is open, so that the worker stays alive. */
  | { readonly type: 'ping' }

/** From the background to the content script. */
export type BackgroundToPage =
  /** First message on every port: the worker is alive. */
  | { readonly type: 'hello'; readonly chainId: `0x${string}` | null }
  | { readonly type: 'result'; readonly id: string; readonly result: unknown }
  | { readonly type: 'error'; readonly id: string; readonly error: RpcError }
  | { readonly type: 'event'; readonly event: ProviderEventName; readonly data: unknown }
  | { readonly type: 'pong' }

/** The events of EIP-1193. */
export type ProviderEventName = 'connect' | 'disconnect' | 'chainChanged' | 'accountsChanged' | 'message'
