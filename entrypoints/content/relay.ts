import type { BackgroundToPage, RpcError } from '@/lib/messaging/page'
import { createBackgroundLink, type LinkOptions, type LinkPort } from './backgroundLink'
import type { PageChannel } from './pageChannel'
import { createProviderState } from './providerState'
import { randomUuid } from './randomUuid'
import { readRequest } from './readRequest'

/** What a relay works with. */
export type RelayOptions = {
  readonly page: PageChannel
  connect(): LinkPort
  isAlive(): boolean
  isVisible(): boolean
  /** Resolves at once, or when a prerendered page is shown. */
  whenActivated(): Promise<void>
}

/** What the document tells its relay. */
export type Relay = {
  /** The document came back from the back/forward cache: its port is dead, without a word. */
  restored(): void
  /** The user left the document, to another one or for good. */
  left(): void
  /** The document is seen again, or something changed that a document without a port was not told. */
  woken(): void
}

type OpenRequest = {
  readonly pageId: number
  readonly method: string
  readonly params: unknown
}

/** Every so many ms the worker is pinged while a request is open. */
export const pingInterval = 20_000
const maxOpen = 1000
/**
 * Requests that the background is given before it answered some: it has other pages to serve. More than it lets wait for the owner,
 * so that reads pass them.
 */
const maxSent = 256
const maxLosses = 5

/**
 * Carries requests of one page to the background, and answers and events back. It decides nothing: the background knows the page by
 * its port. Every request is answered: by the background, also after it was restarted, or with 4900.
 */
export function createRelay(options: RelayOptions): Relay {
  const { page } = options
  const open = new Map<string, OpenRequest>()
  /** Of the open ones, in their order: those that the background has not been given. */
  const unsent = new Map<string, OpenRequest>()
  const state = createProviderState((event, data) => page.post({ event, data }))
  const link = createBackgroundLink({
    connect: options.connect,
    isAlive: options.isAlive,
    onUp: up,
    onMessage: receive,
    onLost: lost,
    onDown: down,
  })
  let wanted = false
  let losses = 0
  let unanswered = false
  let pinger: ReturnType<typeof setInterval> | undefined

  page.onMessage((message) => {
    if (message.subscribe === true) return subscribe()
    const request = readRequest(message)
    if (request === null) return
    const { id } = request
    if ('error' in request) return page.post(request)
    if (open.size >= maxOpen) return page.post({ id, error: tooMany })
    ask(id, request.method, request.params)
  })

  function ask(pageId: number, method: string, params: unknown) {
    const id = randomUuid()
    const request = { pageId, method, params }
    open.set(id, request)
    unsent.set(id, request)
    pinger ??= setInterval(ping, pingInterval)
    flush()
    reach()
  }

  function subscribe() {
    if (wanted) return
    wanted = true
    reach()
  }

  function reach() {
    void options.whenActivated().then(() => link.open())
  }

  function flush() {
    if (!link.isUp()) return
    for (const [id, { method, params }] of unsent) {
      if (open.size - unsent.size >= maxSent) return
      if (!link.send({ type: 'request', id, method, ...(params === undefined ? {} : { params }) })) return
      unsent.delete(id)
    }
  }

  function up({ chainId, accounts }: Parameters<LinkOptions['onUp']>[0]) {
    unanswered = false
    state.up(chainId, accounts)
    for (const id of open.keys()) if (!unsent.has(id) && !link.send({ type: 'attach', id })) return
    flush()
  }

  function receive(message: BackgroundToPage) {
    unanswered = false
    if (message.type === 'event') return state.event(message.event, message.data)
    if (message.type === 'pong') losses = 0
    if (message.type !== 'result' && message.type !== 'error') return
    losses = 0
    const request = open.get(message.id)
    if (request === undefined) return
    close(message.id)
    const { pageId: id } = request
    if (message.type === 'result') {
      page.post({ id, result: message.result })
      state.answered(request.method, message.result)
    } else page.post({ id, error: message.error })
    flush()
  }

  function lost() {
    losses += 1
    if (losses > maxLosses) return down(failing)
    if (open.size > 0 || (state.isConnected() && options.isVisible())) link.open()
  }

  function down(error: RpcError) {
    losses = 0
    state.down(error)
    for (const [id, { pageId }] of open) {
      close(id)
      page.post({ id: pageId, error })
    }
  }

  function close(id: string) {
    open.delete(id)
    unsent.delete(id)
    if (open.size > 0) return
    clearInterval(pinger)
    pinger = undefined
    unanswered = false
  }

  function ping() {
    if (unanswered) {
      link.drop()
      return lost()
    }
    if (!link.isUp()) return
    unanswered = true
    link.send({ type: 'ping' })
  }

  function again() {
    if (open.size > 0 || wanted || state.isConnected()) reach()
  }

  return {
    restored() {
      link.drop()
      again()
    },
    left() {
      if (link.isUp()) link.send({ type: 'leave' })
    },
    woken: again,
  }
}

const tooMany: RpcError = {
  code: -32005,
  message: `More than ${maxOpen} requests of this page are open. Wait for their answers.`,
}

const failing: RpcError = {
  code: 4900,
  message:
    'Latchkey stopped again and again while it worked on this. Look at its window for what was done before you try again.',
}
