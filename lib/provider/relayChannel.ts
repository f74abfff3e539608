import { primordials } from '@/lib/provider/primordials'

/** An error as EIP-1193 shapes it. */
export type RpcError = { readonly code: number; readonly message: string; readonly data?: unknown }

/** From the page to the relay. Mirrors `PageMessage` in `entrypoints/content/pageChannel.ts`. */
export type PageMessage =
  /** `params` is JSON text. */
  | { readonly id: number; readonly method: string; readonly params: string | undefined }
  /** The page listens to events: the relay keeps a port to the background. */
  | { readonly subscribe: true }

/** From the relay to the page. Mirrors `RelayMessage` in `entrypoints/content/pageChannel.ts`. */
export type RelayMessage =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: RpcError }
  | { readonly event: string; readonly data: unknown }

/** The page's end of the channel to the relay. */
export type RelayChannel = {
  /** Whether a relay has taken its end. */
  attached(): boolean
  post(message: PageMessage): void
  /** The relay's messages; it sends none before the first one of the page. */
  onMessage(listener: (message: RelayMessage) => void): void
}

/** Dispatched on `window` by the page's script with the relay's port. Same names in `entrypoints/content/pageChannel.ts`. */
export const portEvent = 'latchkey:relay-port'
/** Dispatched on `window` by a relay that started after the page's script. */
export const readyEvent = 'latchkey:relay-ready'

/**
 * Opens a `MessageChannel` and hands one end to the relay by a synchronous event, at `document_start`: no script of the page runs in
 * between, no other frame can take part, and the pair survives `document.write`, which drops the listeners of `window`. Whichever of
 * the two content scripts starts second completes the hand-over.
 */
export function openRelayChannel(): RelayChannel {
  const { MessageChannel, MessageEvent, dataOf, dispatch, on, post, start, stopImmediate } = primordials
  const channel = new MessageChannel()
  let attached = false
  let isListening = false
  let hear: ((message: RelayMessage) => void) | undefined

  function offer() {
    if (attached) return
    const event = new MessageEvent(portEvent, { ports: [channel.port2], cancelable: true })
    attached = !dispatch(window, event)
  }
  offer()
  if (!attached) on(window, readyEvent, offer)

  function listen() {
    isListening = true
    on(channel.port1, 'message', (event) => {
      // The page may reach the port through `window.event`: what it dispatches is not trusted, what it adds hears nothing.
      if (!event.isTrusted) return
      stopImmediate(event)
      hear?.(dataOf(event as MessageEvent) as RelayMessage)
    })
    start(channel.port1)
  }

  return {
    attached: () => attached,
    post(message) {
      // The relay speaks when it was spoken to: most pages never do, and pay nothing for it.
      if (!isListening) listen()
      post(channel.port1, message)
    },
    onMessage: (listener) => (hear = listener),
  }
}
