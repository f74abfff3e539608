import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { helloPatience, type LinkPort } from '@/entrypoints/content/backgroundLink'
import type { PageMessage, RelayMessage } from '@/entrypoints/content/pageChannel'
import { createRelay, pingInterval, type Relay } from '@/entrypoints/content/relay'
import type { BackgroundToPage, PageToBackground } from '@/lib/messaging/page'

type FakePort = LinkPort & {
  sent: PageToBackground[]
  answer(message: BackgroundToPage): void
  die(): void
}

let ports: FakePort[]
let told: RelayMessage[]
let ask: (message: PageMessage) => void
let alive: boolean
let visible: boolean
let relay: Relay

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(console, 'warn').mockReturnValue()
  ports = []
  told = []
  alive = true
  visible = true
  relay = createRelay({
    page: { post: (message) => void told.push(message), onMessage: (listener) => (ask = listener) },
    connect: openPort,
    isAlive: () => alive,
    isVisible: () => visible,
    whenActivated: () => Promise.resolve(),
  })
})

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

function openPort(): LinkPort {
  const messages: ((message: unknown) => void)[] = []
  const ends: (() => void)[] = []
  const sent: PageToBackground[] = []
  const port: FakePort = {
    sent,
    onMessage: { addListener: (listener) => void messages.push(listener) },
    onDisconnect: { addListener: (listener) => void ends.push(listener) },
    postMessage: (message) => void sent.push(message as PageToBackground),
    disconnect: () => undefined,
    answer: (message) => messages.forEach((listener) => listener(message)),
    die: () => ends.forEach((listener) => listener()),
  }
  ports.push(port)
  return port
}

function last(): FakePort {
  const port = ports.at(-1)
  if (port === undefined) throw new Error('no port')
  return port
}

const settle = () => vi.advanceTimersByTimeAsync(0)

async function up(chainId: `0x${string}` | null = '0x1', accounts: readonly string[] = []) {
  await settle()
  last().answer({ type: 'hello', chainId, accounts })
}

function lastId(): string {
  const message = last().sent.findLast(({ type }) => type === 'request')
  return message?.type === 'request' ? message.id : ''
}

const answers = () => told.filter((message) => 'id' in message)
const events = () => told.filter((message) => 'event' in message)

test('behavior: opens no port before the page uses the wallet', async () => {
  await settle()
  expect(ports).toHaveLength(0)
  ask({ subscribe: true })
  await settle()
  expect(ports).toHaveLength(1)
})

test('behavior: sends after the hello, and answers by the id of the page', async () => {
  ask({ id: 7, method: 'eth_chainId', params: '[]' })
  await settle()
  expect(last().sent).toEqual([])
  await up()
  expect(last().sent).toMatchObject([{ type: 'request', method: 'eth_chainId', params: [] }])
  expect(lastId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  last().answer({ type: 'result', id: lastId(), result: '0x1' })
  last().answer({ type: 'result', id: 'unknown', result: 1 })
  expect(answers()).toEqual([{ id: 7, result: '0x1' }])
})

test('error: no hello in 1 s is tried once more, then 4900', async () => {
  ask({ id: 1, method: 'a' })
  await vi.advanceTimersByTimeAsync(helloPatience)
  expect(ports).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(helloPatience)
  expect(ports).toHaveLength(2)
  expect(answers()).toMatchObject([{ id: 1, error: { code: 4900 } }])
  ask({ id: 2, method: 'a' })
  await up()
  last().answer({ type: 'result', id: lastId(), result: 1 })
  expect(answers()[1]).toEqual({ id: 2, result: 1 })
})

test('behavior: a stopped worker is asked again for open requests, by id', async () => {
  ask({ id: 1, method: 'a' })
  await up()
  const id = lastId()
  last().die()
  expect(ports).toHaveLength(2)
  await up()
  expect(last().sent).toEqual([{ type: 'attach', id }])
  last().answer({ type: 'result', id, result: 'late' })
  expect(answers()).toEqual([{ id: 1, result: 'late' }])
})

test('error: a worker that stops again and again ends the request', async () => {
  ask({ id: 1, method: 'a' })
  for (let stop = 0; stop < 6; stop++) {
    await up()
    last().die()
  }
  expect(answers()).toMatchObject([{ id: 1, error: { code: 4900 } }])
  await vi.advanceTimersByTimeAsync(60_000)
  expect(ports).toHaveLength(6)
})

test('behavior: pings while a request is open, and takes silence for a dead port', async () => {
  ask({ id: 1, method: 'a' })
  await up()
  await vi.advanceTimersByTimeAsync(pingInterval)
  expect(last().sent.at(-1)).toEqual({ type: 'ping' })
  last().answer({ type: 'pong' })
  await vi.advanceTimersByTimeAsync(pingInterval)
  expect(ports).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(pingInterval)
  expect(ports).toHaveLength(2)
  await up()
  last().answer({ type: 'result', id: idOf(last().sent[0]), result: 1 })
  const count = last().sent.length
  await vi.advanceTimersByTimeAsync(3 * pingInterval)
  expect(last().sent).toHaveLength(count)
})

test('behavior: back from the cache, open requests attach to a new port', async () => {
  ask({ id: 1, method: 'a' })
  await up()
  const id = lastId()
  relay.restored()
  await up()
  expect(ports).toHaveLength(2)
  expect(last().sent).toEqual([{ type: 'attach', id }])
})

test('error: after an update of the extension, 4900 and disconnect, also without a request', async () => {
  ask({ subscribe: true })
  await up()
  last().die()
  alive = false
  await vi.advanceTimersByTimeAsync(500)
  expect(events()).toMatchObject([{ event: 'connect' }, { event: 'disconnect', data: { code: 4900 } }])
  ask({ id: 1, method: 'a' })
  await settle()
  expect(answers()).toMatchObject([
    { id: 1, error: { code: 4900, message: expect.stringContaining('Reload') } },
  ])
})

test('behavior: events tell changes only', async () => {
  ask({ subscribe: true })
  await up('0x1')
  const say = (event: 'chainChanged' | 'accountsChanged', data: unknown) =>
    last().answer({ type: 'event', event, data })
  say('chainChanged', '0x1')
  say('chainChanged', '0x2')
  say('accountsChanged', [])
  say('accountsChanged', ['0xa'])
  say('accountsChanged', ['0xa'])
  expect(events()).toEqual([
    { event: 'connect', data: { chainId: '0x1' } },
    { event: 'chainChanged', data: '0x2' },
    { event: 'accountsChanged', data: ['0xa'] },
  ])
})

test('behavior: a connected, visible page gets a new port at once and learns what changed', async () => {
  ask({ id: 1, method: 'eth_accounts' })
  await up('0x1', ['0xa'])
  last().answer({ type: 'result', id: lastId(), result: ['0xa'] })
  last().die()
  expect(ports).toHaveLength(2)
  await up('0x2', [])
  expect(answers()).toHaveLength(1)
  expect(events().slice(1)).toEqual([
    { event: 'chainChanged', data: '0x2' },
    { event: 'accountsChanged', data: [] },
  ])
})

test('behavior: a hidden page waits until it is shown', async () => {
  visible = false
  ask({ id: 1, method: 'eth_accounts' })
  await up()
  last().answer({ type: 'result', id: lastId(), result: ['0xa'] })
  last().die()
  expect(ports).toHaveLength(1)
  relay.woken()
  await settle()
  expect(ports).toHaveLength(2)
})

test.each([
  ['1 MB', JSON.stringify(['a'.repeat(1_000_000)])],
  ['too deep', '['.repeat(10_000) + ']'.repeat(10_000)],
  ['not JSON', '[1,'],
  ['not a text', [1]],
])('error: params: %s', async (_name, params) => {
  ask({ id: 1, method: 'a', params })
  await settle()
  expect(answers()).toMatchObject([{ id: 1, error: { code: -32602 } }])
  expect(ports).toHaveLength(0)
})

test('error: more than 1,000 open requests are refused', async () => {
  for (let id = 0; id <= 1000; id++) ask({ id, method: 'a' })
  expect(answers()).toMatchObject([{ id: 1000, error: { code: -32005 } }])
})

test('behavior: the background gets at most 256 requests before it answers', async () => {
  for (let id = 0; id < 300; id++) ask({ id, method: 'a' })
  await up()
  expect(last().sent).toHaveLength(256)
  last().answer({ type: 'result', id: lastId(), result: 1 })
  expect(last().sent).toHaveLength(257)
})

test('behavior: the user leaving is told to the background', async () => {
  ask({ id: 1, method: 'a' })
  await up()
  relay.left()
  expect(last().sent.at(-1)).toEqual({ type: 'leave' })
})

test('behavior: a page that follows the wallet learns by a wake what it missed', async () => {
  ask({ subscribe: true })
  await up()
  last().die()
  expect(ports).toHaveLength(1)
  relay.woken()
  await up('0x1', ['0xa'])
  expect(events()).toEqual([
    { event: 'connect', data: { chainId: '0x1' } },
    { event: 'accountsChanged', data: ['0xa'] },
  ])
})

test('behavior: brackets inside strings are no depth', async () => {
  ask({ id: 1, method: 'a', params: JSON.stringify(['['.repeat(1000), '"\\[', '\\"[{']) })
  await up()
  expect(last().sent).toHaveLength(1)
})

function idOf(message: PageToBackground | undefined): string {
  return message !== undefined && 'id' in message ? message.id : ''
}
