import { afterEach, beforeEach, expect, test } from 'vitest'
import { addNetwork } from '@/lib/chains/networks'
import { localNetwork } from '@/lib/chains/localNetwork'
import { handleRequest } from '@/lib/rpc/router'
import { fakeServer, RpcFailure, type FakeServer } from '../bundler/fakeServer'
import { callerOf, connected, failure, shop, testRpc } from './testRpc'

let node: FakeServer
let last = 0
const asked: unknown[][] = []
beforeEach(async () => {
  last = 0
  asked.length = 0
  const make = (method: string) => (params: readonly unknown[]) => {
    asked.push([method, ...params])
    return `0x${(++last).toString(16)}`
  }
  const about = (method: string) => (params: readonly unknown[]) => {
    asked.push([method, ...params])
    if (params[0] === '0xdead') throw new RpcFailure(-32000, 'filter not found')
    return method === 'eth_uninstallFilter' ? true : ['0xlog']
  }
  node = await fakeServer({
    eth_newFilter: make('eth_newFilter'),
    eth_newBlockFilter: make('eth_newBlockFilter'),
    eth_newPendingTransactionFilter: make('eth_newPendingTransactionFilter'),
    eth_getFilterChanges: about('eth_getFilterChanges'),
    eth_getFilterLogs: about('eth_getFilterLogs'),
    eth_uninstallFilter: about('eth_uninstallFilter'),
  })
})
afterEach(() => node.close())

const caller = callerOf({ documentId: 'one' })

async function site() {
  const context = await testRpc()
  await addNetwork(context.database, { ...localNetwork, rpcUrl: node.url, builtIn: false })
  await connected(context)
  const ask = (method: string, params?: unknown, from = caller) =>
    handleRequest(context, from, method, params)
  return { context, ask }
}

test('behavior: a filter lives at the node under its name, for the page under another', async () => {
  const { ask } = await site()
  const id = await ask('eth_newFilter', [{ address: shop, topics: [] }])
  expect(id).toMatch(/^0x[0-9a-f]{32}$/)
  expect(await ask('eth_getFilterChanges', [id])).toEqual(['0xlog'])
  expect(await ask('eth_getFilterLogs', [id])).toEqual(['0xlog'])
  expect(await ask('eth_uninstallFilter', [id])).toBe(true)
  expect(asked.slice(1)).toEqual([
    ['eth_getFilterChanges', '0x1'],
    ['eth_getFilterLogs', '0x1'],
    ['eth_uninstallFilter', '0x1'],
  ])
  expect(await failure(ask('eth_getFilterChanges', [id]))).toMatchObject({ code: -32000 })
})

test('param: filters of blocks and of waiting transactions', async () => {
  const { ask } = await site()
  expect(await ask('eth_newBlockFilter')).toMatch(/^0x/)
  expect(await ask('eth_newPendingTransactionFilter', [])).toMatch(/^0x/)
  expect(asked.map(([method]) => method)).toEqual(['eth_newBlockFilter', 'eth_newPendingTransactionFilter'])
})

test('error: another document, another site, and the node’s own name find nothing', async () => {
  const { ask } = await site()
  const id = await ask('eth_newFilter', [{}])
  for (const [from, name] of [
    [callerOf({ documentId: 'two' }), id],
    [caller, '0x1'],
  ] as const)
    expect(await failure(ask('eth_getFilterChanges', [name], from))).toMatchObject({
      code: -32000,
      message: 'filter not found',
    })
  const stranger = callerOf({ origin: 'https://other.example' })
  expect(await failure(ask('eth_newFilter', [{}], stranger))).toMatchObject({ code: 4100 })
  expect(await failure(ask('eth_newFilter', [{ topics: 'all' }]))).toMatchObject({ code: -32602 })
})

test('behavior: what the node forgot is forgotten, a disconnect forgets all, and the 33rd takes the place of the first', async () => {
  const { context, ask } = await site()
  const kept = () => [...context.memory.content.keys()].filter((key) => key.startsWith('filter:')).length
  last = 0xdeac
  const lost = await ask('eth_newFilter', [{}])
  expect(await failure(ask('eth_getFilterChanges', [lost]))).toMatchObject({ code: -32000 })
  expect(kept()).toBe(0)
  last = 0
  for (let index = 0; index < 34; index += 1) await ask('eth_newBlockFilter')
  expect(kept()).toBe(32)
  await ask('wallet_disconnect')
  expect(kept()).toBe(0)
})
