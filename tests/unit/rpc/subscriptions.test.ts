import { expect, test } from 'vitest'
import { UnreachableError } from '@/lib/chains/UnreachableError'
import { connections } from '@/lib/connection/connections'
import type { Head } from '@/lib/rpc/chainNews'
import { handleRequest } from '@/lib/rpc/router'
import { createSubscriptions, type Subscription } from '@/lib/rpc/subscriptions'
import { fakeServer, type FakeServer } from '../bundler/fakeServer'
import { callerOf, connected, failure, settled, shop, testRpc } from './testRpc'
import { addNetwork } from '@/lib/chains/networks'
import { localNetwork } from '@/lib/chains/localNetwork'

const caller = callerOf({ documentId: 'one' })
const heads = { kind: 'newHeads' } as const

/** Subscriptions over a made-up chain; `tick` lets the chain be looked at once. */
async function site() {
  const context = await testRpc()
  const { connection } = await connected(context)
  const sent: [documentId: string | undefined, message: unknown][] = []
  const gone = new Set<string>()
  const state = { number: 1, fails: false, seen: [] as (Head | null)[] }
  let time = 0
  let wake: (() => void)[] = []
  const make = () =>
    createSubscriptions({
      database: context.database,
      memory: context.memory,
      send: (to, message) => {
        const there = !gone.has(to.documentId ?? '')
        if (there && message !== null) sent.push([to.documentId, message])
        return there
      },
      news: async (_chainId, since, listeners: readonly Subscription[]) => {
        if (state.fails) throw new UnreachableError('node', 'Local', 'http://127.0.0.1:9', null)
        state.seen.push(since)
        const number = `0x${(++state.number).toString(16)}` as const
        const news = since === null ? [] : listeners.map(({ id }) => ({ id, result: number }))
        return { head: { number, hash: number }, news }
      },
      now: () => time,
      wait: () => new Promise((resolve) => wake.push(resolve)),
    })
  /** So many seconds pass, a look every two. */
  async function tick(seconds = 2) {
    for (const end = time + seconds * 1000; time < end;) {
      time += 2000
      const [waiting] = [wake]
      wake = []
      for (const resolve of waiting) resolve()
      await settled()
    }
  }
  return { context, connection, sent, gone, state, make, tick, subscriptions: make() }
}

test('behavior: a document hears of each new block from then on, until it unsubscribes', async () => {
  const { subscriptions, sent, tick, context } = await site()
  const id = await subscriptions.add(caller, 31337, heads)
  expect(sent).toEqual([])
  await tick()
  expect(sent).toEqual([['one', { type: 'eth_subscription', data: { subscription: id, result: '0x3' } }]])
  expect(await subscriptions.remove(caller, id)).toBe(true)
  await tick(10)
  expect(sent).toHaveLength(1)
  expect([...context.memory.content.keys()].filter((key) => key.startsWith('subscription:'))).toEqual([])
})

test('behavior: only the document that subscribed can end it', async () => {
  const { subscriptions, sent, tick } = await site()
  const id = await subscriptions.add(caller, 31337, heads)
  expect(await subscriptions.remove(callerOf({ documentId: 'two' }), id)).toBe(false)
  expect(await subscriptions.remove(caller, '0x12')).toBe(false)
  await tick()
  expect(sent).toHaveLength(1)
})

test('behavior: a disconnect or another chain ends it before anything more is told', async () => {
  for (const change of ['disconnect', 'chain'] as const) {
    const { subscriptions, sent, tick, context, connection } = await site()
    await subscriptions.add(caller, 31337, heads)
    if (change === 'chain') await connections.put(context.database, { ...connection, chainId: 1 })
    else await connections.delete(context.database, connection.origin)
    await tick(4)
    expect(sent).toEqual([])
  }
})

test('behavior: it ends when its document is gone for half a minute, and goes on when it comes back before', async () => {
  const { subscriptions, sent, gone, tick, context } = await site()
  await subscriptions.add(caller, 31337, heads)
  gone.add('one')
  await tick(20)
  expect(sent).toEqual([])
  gone.delete('one')
  await tick(4)
  const told = sent.length
  expect(told).toBeGreaterThan(0)
  gone.add('one')
  await tick(40)
  gone.delete('one')
  await tick(4)
  expect(sent).toHaveLength(told)
  expect([...context.memory.content.keys()].filter((key) => key.startsWith('subscription:'))).toEqual([])
})

test('behavior: the next worker takes it up where the last one was', async () => {
  const { make, subscriptions, state, sent, tick } = await site()
  const id = await subscriptions.add(caller, 31337, heads)
  state.seen.length = 0
  const next = make()
  await next.restore()
  expect(await subscriptions.remove(caller, id)).toBe(true)
  await tick()
  expect(state.seen[0]).toMatchObject({ number: '0x2' })
  expect(sent).toHaveLength(1)
})

test('behavior: a node that is down has no news, and is asked again', async () => {
  const { subscriptions, state, sent, tick } = await site()
  await subscriptions.add(caller, 31337, heads)
  state.fails = true
  await tick(4)
  expect(sent).toEqual([])
  state.fails = false
  await tick()
  expect(sent).toHaveLength(1)
})

test('error: a site can have 32, then -32005', async () => {
  const { subscriptions } = await site()
  for (let index = 0; index < 32; index += 1) await subscriptions.add(caller, 31337, heads)
  expect(await failure(subscriptions.add(caller, 31337, heads))).toMatchObject({ code: -32005 })
  const other = callerOf({ origin: 'https://other.example' })
  expect(await subscriptions.add(other, 31337, heads)).toMatch(/^0x/)
})

test('param: eth_subscribe takes newHeads and logs, eth_unsubscribe their ids', async () => {
  const node: FakeServer = await fakeServer({
    eth_getBlockByNumber: () => ({ number: '0x1', hash: `0x${'11'.repeat(32)}` }),
  })
  const context = await testRpc()
  await addNetwork(context.database, { ...localNetwork, rpcUrl: node.url, builtIn: false })
  await connected(context)
  const ask = (method: string, params: unknown) => handleRequest(context, caller, method, params)
  const criteria = { address: shop, topics: [null, [`0x${'22'.repeat(32)}`]] }
  const ids = [await ask('eth_subscribe', ['newHeads']), await ask('eth_subscribe', ['logs', criteria])]
  expect(new Set(ids).size).toBe(2)
  expect(await ask('eth_unsubscribe', [ids[0]])).toBe(true)
  expect(await ask('eth_unsubscribe', [ids[0]])).toBe(false)
  expect(await ask('eth_unsubscribe', [ids[1]])).toBe(true)
  expect(await failure(ask('eth_subscribe', ['syncing']))).toMatchObject({ code: -32602 })
  expect(await failure(ask('eth_subscribe', ['logs', { address: 'x' }]))).toMatchObject({ code: -32602 })
  const stranger = callerOf({ origin: 'https://other.example' })
  expect(await failure(handleRequest(context, stranger, 'eth_subscribe', ['newHeads']))).toMatchObject({
    code: 4100,
  })
  await node.close()
})
