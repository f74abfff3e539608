import type { Browser } from 'wxt/browser'
import { toRpcError } from '@/lib/errors/toRpcError'
import type { BackgroundToPage, PageToBackground, ProviderEventName } from '@/lib/messaging/page'
import { browserMemory as memory } from '@/lib/storage/memory'
import type { Caller } from '@/lib/rpc/caller'

const prefix = 'request:'
/** How long a document may be without a port before its open requests are given up, in ms. */
const patience = 5000

type Port = Browser.runtime.Port

/** A request that may have to outlive the worker. */
type StoredRequest = { readonly method: string; readonly params: unknown; readonly caller: Caller }

type OpenRequest = { port: Port | null; answer: BackgroundToPage | null; readonly caller: Caller }

/** What the ports need of the rest. */
export type PagePortsOptions = {
  /** Answers a request; runs again with the same `caller.requestId` after a restart of the worker. */
  handle(caller: Caller, method: string, params: unknown): Promise<unknown>
  /** Whether a request must survive the worker: it asks the user or signs. */
  isDurable(method: string): boolean
  /** The chain that an origin sees, as a hex quantity. */
  chainOf(origin: string): Promise<`0x${string}` | null>
  /** The document of this request went away for good. */
  abandon(requestId: string): void
}

/** The ports of content scripts: requests in, answers and events out. */
export type PagePorts = {
  accept(port: Port): void
  /** Sends an event to every document of an origin. */
  emit(origin: string, event: ProviderEventName, data: unknown): void
}

/** Creates the owner of the page ports. The origin is the browser's word on the sender; an opaque one is refused. */
export function createPagePorts(options: PagePortsOptions): PagePorts {
  const ports = new Map<Port, string>()
  const open = new Map<string, OpenRequest>()

  function post(port: Port, message: BackgroundToPage) {
    if (ports.has(port)) port.postMessage(message)
  }

  async function run(port: Port, caller: Caller, method: string, params: unknown) {
    const id = caller.requestId
    const request: OpenRequest = { port, answer: null, caller }
    open.set(id, request)
    if (options.isDurable(method))
      await memory.set(prefix + id, { method, params, caller } satisfies StoredRequest)
    request.answer = await options.handle(caller, method, params).then(
      (result): BackgroundToPage => ({ type: 'result', id, result: result === undefined ? null : result }),
      (error: unknown): BackgroundToPage => ({ type: 'error', id, error: toRpcError(error) }),
    )
    await deliver(id, request)
  }

  async function deliver(id: string, request: OpenRequest) {
    if (request.port === null || request.answer === null) return
    post(request.port, request.answer)
    open.delete(id)
    await memory.remove([prefix + id])
  }

  async function attach(port: Port, caller: Caller) {
    const id = caller.requestId
    const running = open.get(id)
    if (running !== undefined && sameDocument(running.caller, caller)) {
      running.port = port
      return deliver(id, running)
    }
    const stored =
      running === undefined ? ((await memory.get(prefix + id)) as StoredRequest | undefined) : undefined
    if (stored !== undefined && sameDocument(stored.caller, caller))
      return run(port, caller, stored.method, stored.params)
    const message = 'Latchkey was restarted while this request was open. Ask again.'
    post(port, { type: 'error', id, error: { code: 4900, message } })
  }

  function forget(port: Port) {
    ports.delete(port)
    for (const [id, request] of open) {
      if (request.port !== port) continue
      request.port = null
      setTimeout(() => {
        if (request.port !== null || open.get(id) !== request) return
        open.delete(id)
        void memory.remove([prefix + id])
        options.abandon(id)
      }, patience)
    }
  }

  return {
    accept(port) {
      const from = senderOf(port)
      ports.set(port, from?.origin ?? '')
      port.onDisconnect.addListener(forget)
      port.onMessage.addListener((raw: unknown) => {
        const message = raw as PageToBackground
        if (message.type === 'ping') return post(port, { type: 'pong' })
        if (from === null) {
          const error = {
            code: 4100,
            message: 'Latchkey serves no document without an origin (sandboxed, data:, file:).',
          }
          return post(port, { type: 'error', id: message.id, error })
        }
        const caller: Caller = { ...from, requestId: message.id }
        void (message.type === 'request'
          ? run(port, caller, message.method, message.params)
          : attach(port, caller))
      })
      void options.chainOf(from?.origin ?? '').then((chainId) => post(port, { type: 'hello', chainId }))
    },
    emit(origin, event, data) {
      for (const [port, of] of ports) if (of === origin) post(port, { type: 'event', event, data })
    },
  }
}

function sameDocument(a: Caller, b: Caller): boolean {
  return a.origin === b.origin && a.tabId === b.tabId && a.frameId === b.frameId
}

/** Who is at the other end; `null` when the document has no origin of its own. */
function senderOf(port: Port): Omit<Caller, 'requestId'> | null {
  const { origin, tab, frameId } = port.sender ?? {}
  if (origin === undefined || !/^https?:\/\//.test(origin) || tab?.id === undefined || frameId === undefined)
    return null
  const top = frameId === 0 || tab.url === undefined ? undefined : new URL(tab.url).origin
  return {
    origin,
    tabId: tab.id,
    frameId,
    ...(top === undefined || top === origin ? {} : { topOrigin: top }),
  }
}
