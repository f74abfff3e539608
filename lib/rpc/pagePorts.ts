import type { Browser } from 'wxt/browser'
import { toRpcError } from '@/lib/errors/toRpcError'
import type { BackgroundToPage, ProviderEventName } from '@/lib/messaging/page'
import { isSameDocument, siteOf, type Caller } from '@/lib/rpc/caller'
import { readPageMessage } from '@/lib/rpc/readPageMessage'
import { readSender } from '@/lib/rpc/readSender'
import { createRequestStore } from '@/lib/rpc/requestStore'
import type { SiteView } from '@/lib/rpc/siteView'
import { createSiteTurns } from '@/lib/rpc/siteTurns'
import type { RequestKind } from '@/lib/rpc/requestKind'
import { shareOf } from '@/lib/rpc/shares'
import { browserMemory as memory } from '@/lib/storage/memory'

/** How long a document may be without a port before its open requests are given up, in ms. */
const patience = 5000
/** How long documents have to come back for what an earlier worker left open, in ms. */
const patienceAtStart = 15_000

type Port = Browser.runtime.Port

type OpenRequest = {
  port: Port | null
  answer: BackgroundToPage | null
  readonly caller: Caller
  readonly kind: RequestKind
}

/** What the ports need of the rest. */
export type PagePortsOptions = {
  /** Answers a request; runs again with the same `caller.requestId` after a restart of the worker. */
  handle(caller: Caller, method: string, params: unknown): Promise<unknown>
  /** One that asks the user or signs survives the worker. */
  kindOf(method: string): RequestKind
  /** What an origin sees of the wallet. */
  viewOf(origin: string): Promise<SiteView>
  /** The document of this request went away for good. */
  abandon(requestId: string): void
  /** An event went to the ports of an origin; documents that have none at the moment should look for themselves. */
  wake(): void
}

/** Most messages that wait for a document of one origin. */
const mostWaiting = 20

/** The ports of content scripts: requests in, answers and events out. */
export type PagePorts = {
  accept(port: Port): void
  /** Sends an event to every document of an origin. */
  emit(origin: string, event: ProviderEventName, data: unknown): void
  /** Sends a `message` event to one document, nothing for `null`. @returns Whether the document has a port. */
  send(to: Caller, message: unknown): boolean
}

/** Creates the owner of the page ports. The origin is the browser's word on the sender; an opaque one is refused. */
export function createPagePorts(options: PagePortsOptions): PagePorts {
  const ports = new Map<Port, string>()
  const open = new Map<string, OpenRequest>()
  const store = createRequestStore(memory)
  const turns = {
    ask: createSiteTurns(shareOf.ask),
    chain: createSiteTurns(shareOf.chain),
    own: createSiteTurns(shareOf.own),
  }
  setTimeout(() => void sweep(), patienceAtStart)

  function post(port: Port, message: BackgroundToPage) {
    if (ports.has(port)) port.postMessage(message)
  }

  function refuse(port: Port, id: string, code: number, message: string) {
    post(port, { type: 'error', id, error: { code, message } })
  }

  async function run(port: Port, caller: Caller, method: string, params: unknown) {
    const id = caller.requestId
    if (open.has(id)) return refuse(port, id, -32600, 'A request of this name is open already.')
    const kind = options.kindOf(method)
    const request: OpenRequest = { port, answer: null, caller, kind }
    open.set(id, request)
    const isGivenUp = () => open.get(id) !== request
    try {
      const handle = async () => (isGivenUp() ? null : options.handle(caller, method, params))
      // Nothing is asked or signed for a request that a restarted worker would not find; one that waits for its turn is not lost either.
      const keep = kind === 'ask' ? () => store.put({ method, params, caller }) : undefined
      const result = await turns[kind].run(siteOf(caller), handle, keep)
      request.answer = { type: 'result', id, result: result ?? null }
    } catch (error) {
      request.answer = { type: 'error', id, error: toRpcError(error) }
    }
    await deliver(id, request)
  }

  async function deliver(id: string, request: OpenRequest) {
    if (request.port === null || request.answer === null) return
    try {
      post(request.port, request.answer)
    } catch (error) {
      console.warn(`Latchkey: an answer could not be handed over: ${String(error)}`)
      refuse(request.port, id, -32603, 'The answer is too large to be handed over. Ask for less at a time.')
    }
    if (open.get(id) === request) open.delete(id)
    if (request.kind === 'ask') await store.remove(id)
  }

  async function attach(port: Port, caller: Caller) {
    const id = caller.requestId
    const running = open.get(id)
    if (running !== undefined && isSameDocument(running.caller, caller)) {
      running.port = port
      return deliver(id, running)
    }
    const stored = running === undefined ? await store.get(id) : undefined
    if (stored !== undefined && isSameDocument(stored.caller, caller))
      return run(port, caller, stored.method, stored.params)
    refuse(port, id, 4900, lost)
  }

  function forget(port: Port) {
    ports.delete(port)
    for (const [id, request] of open) {
      if (request.port !== port) continue
      request.port = null
      setTimeout(() => {
        if (request.port === null && open.get(id) === request) void giveUp(id)
      }, patience)
    }
  }

  /** The document is left, to another one or for good: what it asked is withdrawn, and a window that shows it turns to the next. */
  function leave(port: Port) {
    for (const [id, request] of open) {
      if (request.port !== port) continue
      request.port = null
      void giveUp(id)
    }
  }

  async function giveUp(id: string) {
    open.delete(id)
    await store.remove(id)
    options.abandon(id)
  }

  const waitingFor = async (origin: string) =>
    ((await memory.get(waitingKey(origin))) as readonly unknown[] | undefined) ?? []

  async function keepWaiting(origin: string, data: unknown) {
    await memory.set(waitingKey(origin), [...(await waitingFor(origin)), data].slice(-mostWaiting))
  }

  async function deliverWaiting(port: Port, origin: string) {
    const messages = await waitingFor(origin)
    if (messages.length === 0) return
    await memory.remove([waitingKey(origin)])
    for (const data of messages) post(port, { type: 'event', event: 'message', data })
  }

  /** Gives up what an earlier worker left and no document came back for: its tab was closed meanwhile. */
  async function sweep() {
    for (const id of await store.ids()) if (!open.has(id)) await giveUp(id)
  }

  return {
    accept(port) {
      const from = readSender(port.sender)
      ports.set(port, from?.origin ?? '')
      port.onDisconnect.addListener(forget)
      port.onMessage.addListener((raw: unknown) => {
        const message = readPageMessage(raw)
        if (message === null) {
          forget(port)
          return port.disconnect()
        }
        if (message.type === 'ping') return post(port, { type: 'pong' })
        if (message.type === 'leave') return leave(port)
        if (from === null) return refuse(port, message.id, 4100, withoutOrigin)
        const caller: Caller = { ...from, requestId: message.id, askedAt: Date.now() }
        void (message.type === 'request'
          ? run(port, caller, message.method, message.params)
          : attach(port, caller))
      })
      const hello = (view: SiteView | null) =>
        post(port, { type: 'hello', chainId: view?.chainId ?? null, accounts: view?.accounts ?? [] })
      if (from === null) return hello(null)
      // A wallet that cannot start says why in the answer to each request.
      void options.viewOf(from.origin).then(hello, () => hello(null))
      void deliverWaiting(port, from.origin)
    },
    send(to, message) {
      const port = [...ports.keys()].find((item) => isPortOf(item, to))
      if (port !== undefined && message !== null)
        post(port, { type: 'event', event: 'message', data: message })
      return port !== undefined
    },
    emit(origin, event, data) {
      const own = [...ports].filter(([, of]) => of === origin)
      for (const [port] of own) post(port, { type: 'event', event, data })
      // A hidden document has no port once the worker was stopped. State it asks for when it is back; a message is told once.
      if (own.length === 0 && event === 'message') void keepWaiting(origin, data)
      if (event === 'accountsChanged') void memory.remove([waitingKey(origin)])
      if (event === 'accountsChanged' || event === 'chainChanged') options.wake()
    },
  }
}

const waitingKey = (origin: string) => `messages:${origin}`

function isPortOf(port: Port, to: Caller): boolean {
  const from = readSender(port.sender)
  return from !== null && isSameDocument({ ...from, requestId: '' }, to)
}

const withoutOrigin = 'Latchkey serves no document without an origin (sandboxed, data:, file:).'
const lost =
  'Latchkey no longer follows this request. Look at its activity for what was done before you ask again.'
