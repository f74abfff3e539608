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
  /** The user leaves the document, to another one or for good: its requests are withdrawn. */
  | { readonly type: 'leave' }

/** From the background to the content script. */
export type BackgroundToPage =
  /** First message on every port: the worker is alive, and the origin sees this. `chainId` is null where nothing is served. */
  | {
      readonly type: 'hello'
      readonly chainId: `0x${string}` | null
      readonly accounts: readonly string[]
    }
  | { readonly type: 'result'; readonly id: string; readonly result: unknown }
  | { readonly type: 'error'; readonly id: string; readonly error: RpcError }
  | { readonly type: 'event'; readonly event: ProviderEventName; readonly data: unknown }
  | { readonly type: 'pong' }

/** Sent to every tab after a change: a content script that follows the wallet and has no port at the moment opens one. */
export type WakeMessage = { readonly type: 'latchkey:wake' }

/** The events of EIP-1193. */
export type ProviderEventName = 'connect' | 'disconnect' | 'chainChanged' | 'accountsChanged' | 'message'
