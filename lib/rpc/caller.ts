/** Who sent a request, read from the port's sender, never from a message. */
export type Caller = {
  /** Origin of the document, as the browser states it. */
  readonly origin: string
  /** Set for a sub-frame: origin of the tab's document; `null` as text when the browser does not show it. */
  readonly topOrigin?: string | undefined
  readonly tabId: number
  readonly frameId: number
  /** Name of the document, where the browser gives one: after a navigation the frame has another. */
  readonly documentId?: string | undefined
  /** Name of this request; stays the same when the page asks again after a restart of the worker. */
  readonly requestId: string
  /** When the request came, in Unix milliseconds; it may have waited for its turn since. */
  readonly askedAt?: number | undefined
}

/** Whether a request of one caller is the other's own: same document, or same frame where the browser names no documents. */
export function isSameDocument(a: Caller, b: Caller): boolean {
  return (
    a.origin === b.origin && a.tabId === b.tabId && a.frameId === b.frameId && a.documentId === b.documentId
  )
}

/** Whether the caller may have requests signed without a prompt: a top document, or a frame of the same origin. */
export function maySignSilently(caller: Caller): boolean {
  return caller.topOrigin === undefined || caller.topOrigin === caller.origin
}

/**
 * The site that answers for a request: of a sub-frame, the one that the tab shows. A page cannot use up another site's share by
 * framing it, nor get more for itself by framing its own sub-domains.
 */
export function siteOf({ origin, topOrigin, tabId }: Caller): string {
  return topOrigin === 'null' ? `null ${tabId}` : (topOrigin ?? origin)
}
