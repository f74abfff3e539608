import type { RpcError } from '@/lib/messaging/page'

/** From the page. Mirrors `PageMessage` in `lib/provider/relayChannel.ts`, but a page may send anything. */
export type PageMessage = {
  readonly id?: unknown
  readonly method?: unknown
  readonly params?: unknown
  readonly subscribe?: unknown
}

/** To the page. Mirrors `RelayMessage` in `lib/provider/relayChannel.ts`. */
export type RelayMessage =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: RpcError }
  | { readonly event: string; readonly data: unknown }

/** The relay's end of the channel to its page. */
export type PageChannel = {
  post(message: RelayMessage): void
  onMessage(listener: (message: PageMessage) => void): void
}

/** Same names in `lib/provider/relayChannel.ts`. */
export const portEvent = 'latchkey:relay-port'
/** Same names in `lib/provider/relayChannel.ts`. */
export const readyEvent = 'latchkey:relay-ready'

/**
 * Takes the port that the page's script hands over, the first one only. Both scripts run at `document_start`, before any script of
 * the page, and the hand-over is synchronous: nobody else sees the port.
 *
 * @param take - Called with the page's first message on its way, not before: most pages never send one.
 */
export function acceptPageChannel(take: (channel: PageChannel) => void): void {
  function accept(event: Event) {
    const port = (event as MessageEvent).ports[0]
    if (port === undefined) return
    window.removeEventListener(portEvent, accept)
    event.preventDefault()
    let listener: ((message: PageMessage) => void) | undefined
    const post = (message: RelayMessage) => port.postMessage(message)
    port.addEventListener('message', ({ data }) => {
      if (typeof data !== 'object' || data === null) return
      if (listener === undefined) take({ post, onMessage: (first) => (listener = first) })
      listener?.(data as PageMessage)
    })
    port.start()
  }
  window.addEventListener(portEvent, accept)
  window.dispatchEvent(new Event(readyEvent))
}
