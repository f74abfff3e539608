import { numberToHex, type Hex } from 'viem'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addNetwork } from '@/lib/chains/networks'
import { localNetwork } from '@/lib/chains/localNetwork'
import { chainNews } from '@/lib/rpc/chainNews'
import { fakeServer, type FakeServer } from '../bundler/fakeServer'
import { shop, testRpc } from './testRpc'

let node: FakeServer
let latest = 20n
const asked: unknown[] = []
const hashOf = (number: bigint): Hex => numberToHex(number, { size: 32 })
beforeEach(async () => {
  latest = 20n
  asked.length = 0
  node = await fakeServer({
    eth_getBlockByNumber: ([tag]) => {
      const number = tag === 'latest' ? latest : BigInt(tag as string)
      return { number: numberToHex(number), hash: hashOf(number), transactions: ['0x1'], miner: shop }
    },
    eth_getLogs: ([criteria]) => {
      asked.push(criteria)
      return [{ logIndex: '0x0' }, { logIndex: '0x1' }]
    },
  })
})
afterEach(() => node.close())

async function news(since: bigint | null) {
  const { database } = await testRpc()
  await addNetwork(database, { ...localNetwork, rpcUrl: node.url, builtIn: false })
  const head = since === null ? null : { number: numberToHex(since), hash: hashOf(since) }
  return chainNews({ database }, 31337, head, [
    { id: '0x01', wanted: { kind: 'newHeads' } },
    { id: '0x02', wanted: { kind: 'logs', criteria: { address: shop } } },
  ])
}

test('behavior: the first look, and a look without a new block, tell nothing', async () => {
  expect(await news(null)).toEqual({ head: { number: '0x14', hash: hashOf(20n) }, news: [] })
  expect((await news(20n)).news).toEqual([])
  expect(asked).toEqual([])
})

test('behavior: every block since is told, as a header, and its logs once', async () => {
  const { head, news: told } = await news(17n)
  expect(head.number).toBe('0x14')
  expect(told).toEqual([
    ...[18n, 19n, 20n].map((number) => ({
      id: '0x01',
      result: { number: numberToHex(number), hash: hashOf(number), miner: shop },
    })),
    { id: '0x02', result: { logIndex: '0x0' } },
    { id: '0x02', result: { logIndex: '0x1' } },
  ])
  expect(asked).toEqual([{ address: shop, fromBlock: '0x12', toBlock: '0x14' }])
})

test('behavior: after a long pause the last sixteen blocks are told, after a reorganisation the newest', async () => {
  expect((await news(1n)).news.filter(({ id }) => id === '0x01')).toHaveLength(16)
  expect((await news(25n)).news.filter(({ id }) => id === '0x01')).toHaveLength(1)
})
