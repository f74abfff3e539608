import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import type { PageToBackground } from '@/lib/messaging/page'
import { createPagePorts, type PagePortsOptions } from '@/lib/rpc/pagePorts'
import { InvalidParamsError } from '@/lib/rpc/errors'

vi.mock('wxt/browser', async () => ({ browser: (await import('wxt/testing/fake-browser')).fakeBrowser }))

beforeEach(() => {
  fakeBrowser.reset()
  vi.useFakeTimers()
})
afterEach(() => vi.useRealTimers())

const site = 'https://orchard.example'
type Sender = { origin?: string; documentId?: string; frameId?: number; tab?: object }

/** A content script's end of a port. */
function documentAt(pages: ReturnType<typeof createPagePorts>, change: Sender = {}) {
  const got: Record<string, unknown>[] = []
  const listeners: ((message: unknown) => void)[] = []
  const leave: (() => void)[] = []
  const port = {
    name: 'latchkey:page',
    sender: { origin: site, documentId: 'D', frameId: 0, tab: { id: 1, url: `${site}/` }, ...change },
    postMessage: vi.fn((message: Record<string, unknown>) => void got.push(message)),
    disconnect: vi.fn(),
    onMessage: { addListener: (listener: (message: unknown) => void) => listeners.push(listener) },
    onDisconnect: { addListener: (listener: (gone: unknown) => void) => leave.push(() => listener(port)) },
  }
  // A port has more members than its owner uses.
  pages.accept(port as unknown as Parameters<typeof pages.accept>[0])
  return {
    got,
    port,
    send: (message: PageToBackground | object) => listeners.forEach((listener) => listener(message)),
    close: () => leave.forEach((go) => go()),
    answers: () => got.filter(({ type }) => type === 'result' || type === 'error'),
  }
}

function pagesWith(options: Partial<PagePortsOptions> = {}) {
  const abandon = vi.fn()
  const wake = vi.fn()
  const handle = vi.fn<PagePortsOptions['handle']>(options.handle ?? (async () => 'done'))
  const pages = createPagePorts({
    kindOf: (method) => (method === 'ask' ? 'ask' : 'own'),
    viewOf: async () => ({ chainId: '0x1', accounts: ['0xa'] }),
    abandon,
    wake,
    ...options,
    handle,
  })
  return { pages, abandon, handle, wake }
}

const id = '0b4ff1a8-2f3b-4c5d-8e6f-0123456789ab'
const ask = { type: 'request', id, method: 'ask', params: [1] }
const tick = () => vi.advanceTimersByTimeAsync(1)
const stored = async () => Object.keys(await fakeBrowser.storage.session.get(null))

test('behavior: hello first, then answers; the origin is the sender’s and never the message’s', async () => {
  const { pages, handle } = pagesWith()
  const page = documentAt(pages)
  page.send({ ...ask, origin: 'https://bank.example', caller: { origin: 'https://bank.example' } })
  await tick()
  expect(page.got).toContainEqual({ type: 'hello', chainId: '0x1', accounts: ['0xa'] })
  expect(page.answers()).toEqual([{ type: 'result', id, result: 'done' }])
  const caller = {
    origin: site,
    tabId: 1,
    frameId: 0,
    documentId: 'D',
    requestId: id,
    askedAt: Date.now() - 1,
  }
  expect(handle).toHaveBeenCalledWith(caller, 'ask', [1])
  expect(await stored()).toEqual([])
})

test('error: an opaque origin is refused, whatever it asks', async () => {
  const { pages, handle } = pagesWith()
  for (const origin of ['null', 'file://', undefined]) {
    const page = documentAt(pages, { ...(origin === undefined ? { tab: {} } : { origin }) })
    page.send(ask)
    await tick()
    expect(page.answers()).toMatchObject([{ type: 'error', error: { code: 4100 } }])
  }
  expect(handle).not.toHaveBeenCalled()
})

test('behavior: errors carry code and message', async () => {
  const { pages } = pagesWith({ handle: () => Promise.reject(new InvalidParamsError('No.')) })
  const page = documentAt(pages)
  page.send(ask)
  await tick()
  expect(page.answers()).toEqual([{ type: 'error', id, error: { code: -32602, message: 'No.' } }])
})

test('behavior: the document gets its answer on another port', async () => {
  let finish = (_: string) => {}
  const { pages, abandon } = pagesWith({ handle: () => new Promise((resolve) => (finish = resolve)) })
  const page = documentAt(pages)
  page.send(ask)
  await tick()
  page.close()
  await vi.advanceTimersByTimeAsync(4000)
  const again = documentAt(pages)
  again.send({ type: 'attach', id })
  await vi.advanceTimersByTimeAsync(60_000)
  finish('late')
  await tick()
  expect(again.answers()).toEqual([{ type: 'result', id, result: 'late' }])
  expect(page.answers()).toEqual([])
  expect(abandon).not.toHaveBeenCalled()
})

test('behavior: a document that stays away for five seconds has given up its request', async () => {
  const { pages, abandon } = pagesWith({ handle: () => new Promise(() => undefined) })
  const page = documentAt(pages)
  page.send(ask)
  await tick()
  expect(await stored()).toEqual([`request:${id}`])
  page.close()
  await vi.advanceTimersByTimeAsync(5001)
  expect(abandon).toHaveBeenCalledWith(id)
  expect(await stored()).toEqual([])
  const again = documentAt(pages)
  again.send({ type: 'attach', id })
  await tick()
  expect(again.answers()).toMatchObject([{ type: 'error', error: { code: 4900 } }])
})

test.each([
  { documentId: 'E' },
  { origin: 'https://evil.example' },
  { frameId: 2 },
  { tab: { id: 2, url: `${site}/` } },
])('error: another document cannot attach to a request, nor use its name (%j)', async (change) => {
  const { pages, handle } = pagesWith({ handle: () => new Promise(() => undefined) })
  const page = documentAt(pages)
  page.send(ask)
  await tick()
  const other = documentAt(pages, change)
  other.send({ type: 'attach', id })
  other.send(ask)
  await tick()
  expect(other.answers()).toMatchObject([{ error: { code: 4900 } }, { error: { code: -32600 } }])
  expect(handle).toHaveBeenCalledTimes(1)
})

test('behavior: a new worker runs a stored request again for its document, and for no other', async () => {
  const first = pagesWith({ handle: () => new Promise(() => undefined) })
  documentAt(first.pages).send(ask)
  await tick()
  const { pages, handle } = pagesWith()
  const foreign = documentAt(pages, { documentId: 'E' })
  foreign.send({ type: 'attach', id })
  await tick()
  expect(foreign.answers()).toMatchObject([{ error: { code: 4900 } }])
  expect(handle).not.toHaveBeenCalled()
  const own = documentAt(pages)
  own.send({ type: 'attach', id })
  await tick()
  expect(handle).toHaveBeenCalledTimes(1)
  expect(own.answers()).toMatchObject([{ type: 'result', result: 'done' }])
})

test('behavior: what no document comes back for after a restart is given up', async () => {
  const first = pagesWith({ handle: () => new Promise(() => undefined) })
  documentAt(first.pages).send(ask)
  await tick()
  const { abandon } = pagesWith()
  await vi.advanceTimersByTimeAsync(15_001)
  expect(abandon).toHaveBeenCalledWith(id)
  expect(await stored()).toEqual([])
})

test('behavior: what a page asked is withdrawn at once when it is left, and nothing of it runs later', async () => {
  const { pages, abandon, handle } = pagesWith({ handle: () => new Promise(() => undefined) })
  const page = documentAt(pages)
  page.send(ask)
  await tick()
  page.send({ type: 'leave' })
  const next = id.replace(/^./, '1')
  page.send({ ...ask, id: next })
  page.send({ type: 'leave' })
  await tick()
  expect(abandon.mock.calls).toEqual([[id], [next]])
  expect(handle).toHaveBeenCalledTimes(1)
  expect(await stored()).toEqual([])
})

test('behavior: documents without a port are woken after a change, and only then', async () => {
  const { pages, wake } = pagesWith()
  pages.emit(site, 'message', {})
  expect(wake).not.toHaveBeenCalled()
  pages.emit(site, 'accountsChanged', [])
  pages.emit(site, 'chainChanged', '0x2')
  expect(wake).toHaveBeenCalledTimes(2)
})

test('error: a document without an origin learns nothing, not even the chain', async () => {
  const { pages } = pagesWith()
  const page = documentAt(pages, { origin: 'null' })
  await tick()
  expect(page.got).toEqual([{ type: 'hello', chainId: null, accounts: [] }])
})

test('error: requests that would fill the browser’s memory are refused, and not handled', async () => {
  const { pages, handle } = pagesWith({ handle: () => new Promise(() => undefined) })
  const page = documentAt(pages)
  const params = ['x'.repeat(600_000)]
  for (let index = 0; index < 5; index++) page.send({ ...ask, id: id.replace(/^./, String(index)), params })
  await tick()
  expect(page.answers().map(({ error }) => (error as { code: number }).code)).toEqual([
    -32005, -32005, -32005,
  ])
  expect(handle).toHaveBeenCalledTimes(2)
  expect(await stored()).toHaveLength(2)
})

test('error: an answer that cannot be handed over is an error, not silence', async () => {
  const { pages } = pagesWith()
  const page = documentAt(pages)
  page.port.postMessage
    .mockImplementationOnce(() => undefined)
    .mockImplementationOnce(() => {
      throw new Error('Message exceeded maximum allowed size of 64MiB.')
    })
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  await tick()
  page.send(ask)
  await tick()
  expect(page.answers()).toMatchObject([{ type: 'error', error: { code: -32603 } }])
  warn.mockRestore()
})

test('error: a wallet that cannot start says why in its answers', async () => {
  const broken = () => Promise.reject(new InvalidParamsError('The disk is full.'))
  const { pages } = pagesWith({ viewOf: broken, handle: broken })
  const page = documentAt(pages)
  page.send(ask)
  await tick()
  expect(page.got).toContainEqual({ type: 'hello', chainId: null, accounts: [] })
  expect(page.answers()).toMatchObject([{ error: { message: 'The disk is full.' } }])
})

test('error: a port that speaks another language is closed', async () => {
  const { pages, handle } = pagesWith()
  const page = documentAt(pages)
  page.send({ type: 'request', id: { toString: () => id }, method: 'ask' })
  await tick()
  expect(page.port.disconnect).toHaveBeenCalled()
  expect(handle).not.toHaveBeenCalled()
})

test('behavior: events go to the documents of their origin alone', async () => {
  const { pages } = pagesWith()
  const own = documentAt(pages)
  const other = documentAt(pages, { origin: 'https://other.example' })
  pages.emit(site, 'accountsChanged', [])
  await tick()
  expect(own.got).toContainEqual({ type: 'event', event: 'accountsChanged', data: [] })
  expect(other.got).toEqual([{ type: 'hello', chainId: '0x1', accounts: ['0xa'] }])
})
