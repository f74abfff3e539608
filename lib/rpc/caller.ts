/** Who sent a request, read from the port's sender, never from a message. */
export type Caller = {
  /** Origin of the document, as the browser states it. */
  readonly origin: string
  /** Set for a sub-frame: origin of the tab's document. */
  readonly topOrigin?: string | undefined
  readonly tabId: number
  readonly frameId: number
  /** Name of this request; stays the same when the page asks again after a restart of the worker. */
  readonly requestId: string
}

/** Whether the caller may have requests signed without a prompt: a top document, or a frame of the same origin. */
export function maySignSilently(caller: Caller): boolean {
  return caller.topOrigin === undefined || caller.topOrigin === caller.origin
}
