import { beforeEach, expect, test, vi } from 'vitest'
import { createProvider, type Provider } from '@/lib/provider/createProvider'
import type { PageMessage, RelayChannel, RelayMessage } from '@/lib/provider/relayChannel'

/** An object that throws when it is read. */
function thrower(thrown: unknown) {
  const get = () => {
    throw thrown
  }
  return Object.defineProperty({ get }, 'member', { get, enumerable: true })
}

let sent: PageMessage[]
let reply: (message: RelayMessage) => void
let attached: boolean
let provider: Provider

beforeEach(() => {
  sent = []
  attached = true
  const relay: RelayChannel = {
    attached: () => attached,
    post: (message) => void sent.push(message),
    onMessage: (listener) => (reply = listener),
  }
  provider = createProvider(relay)
})

test('behavior: requests are answered by id, in any order', async () => {
  const first = provider.request({ method: 'a', params: [1] })
  const second = provider.request({ method: 'b' })
  expect(sent).toEqual([
    { id: 1, method: 'a', params: '[1]' },
    { id: 2, method: 'b', params: undefined },
  ])
  reply({ id: 2, result: 'two' })
  reply({ id: 1, result: null })
  reply({ id: 9, result: 'nobody asked' })
  expect(await second).toBe('two')
  expect(await first).toBeNull()
})

test('behavior: works detached, and is frozen', async () => {
  const { request } = provider
  const answer = request({ method: 'a' })
  reply({ id: 1, result: 1 })
  expect(await answer).toBe(1)
  expect(Object.isFrozen(provider)).toBe(true)
})

test('behavior: errors carry code and data as own members', async () => {
  const answer = provider.request({ method: 'a' })
  reply({ id: 1, error: { code: 4001, message: 'No.', data: { rule: 'x' } } })
  const error: unknown = await answer.catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(Error)
  expect(error).toMatchObject({ name: 'ProviderRpcError', code: 4001, message: 'No.', data: { rule: 'x' } })
})

test.each([
  ['a string', 'eth_accounts'],
  ['null', null],
  ['no method', {}],
  ['an empty method', { method: '' }],
  ['a bigint', { method: 'a', params: [1n] }],
  ['a text as params', { method: 'a', params: 'x' }],
  ['over 1 MB', { method: 'a', params: ['x'.repeat(1_000_000)] }],
  ['a long method', { method: 'a'.repeat(201) }],
  ['a getter that throws nothing readable', { method: 'a', params: [thrower(null)] }],
  ['a proxy', { method: 'a', params: new Proxy([], { get: thrower(undefined).get }) }],
])('error: %s is -32602 and is not sent', async (_name, args) => {
  await expect(provider.request(args as never)).rejects.toMatchObject({ code: -32602 })
  expect(sent).toEqual([])
})

// The provider holds the real timer, so that this takes its time.
test('error: without a relay a request ends after 3 s', async () => {
  attached = false
  await expect(provider.request({ method: 'a' })).rejects.toMatchObject({ code: 4900 })
})

test('behavior: events reach listeners until removed, and tell the relay', () => {
  const listener = vi.fn()
  provider.on('chainChanged', listener).on('chainChanged', listener)
  expect(sent).toEqual([{ subscribe: true }, { subscribe: true }])
  provider.removeListener('chainChanged', listener)
  reply({ event: 'chainChanged', data: '0x1' })
  expect(listener.mock.calls).toEqual([['0x1']])
  provider.removeListener('chainChanged', listener)
  reply({ event: 'chainChanged', data: '0x2' })
  expect(listener).toHaveBeenCalledOnce()
})

test('behavior: disconnect gives an error', () => {
  const listener = vi.fn()
  provider.on('disconnect', listener)
  reply({ event: 'disconnect', data: { code: 4900, message: 'Gone.' } })
  expect(listener.mock.calls[0]?.[0]).toBeInstanceOf(Error)
  expect(listener.mock.calls[0]?.[0]).toMatchObject({ code: 4900, message: 'Gone.' })
})

test('behavior: enable asks for accounts', () => {
  void provider.enable()
  expect(sent).toEqual([{ id: 1, method: 'eth_requestAccounts', params: undefined }])
})

test('behavior: a page that pollutes its prototypes breaks no request', async () => {
  const thrower = () => {
    throw new Error('polluted')
  }
  const targets = [
    [Map.prototype, 'get'],
    [Map.prototype, 'set'],
    [Map.prototype, 'delete'],
    [Map.prototype, 'forEach'],
    [JSON, 'stringify'],
    [Reflect, 'apply'],
    [Object, 'freeze'],
    [Object, 'defineProperty'],
  ] as const
  const saved = targets.map(([target, name]) => [target, name, Reflect.get(target, name)] as const)
  const { apply } = Reflect
  const assign = (target: object, name: string, value: unknown) =>
    apply(Reflect.set, null, [target, name, value])
  let answer: Promise<unknown>
  const heard: unknown[] = []
  try {
    for (const [target, name] of targets) assign(target, name, thrower)
    assign(Object.prototype, 'error', { code: 1, message: 'forged' })
    assign(Object.prototype, 'event', 'chainChanged')
    answer = provider.request({ method: 'a', params: [{ b: 1 }] })
    provider.on('message', (data) => (heard[0] = data))
    reply({ event: 'message', data: 7 })
    reply({ id: 1, result: 'right' })
  } finally {
    for (const [target, name, value] of saved) assign(target, name, value)
    Reflect.deleteProperty(Object.prototype, 'error')
    Reflect.deleteProperty(Object.prototype, 'event')
  }
  expect(await answer).toBe('right')
  expect(sent[0]).toMatchObject({ id: 1, params: '[{"b":1}]' })
  expect(heard).toEqual([7])
})
