import { encodeEventTopics, numberToHex, type Hex } from 'viem'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { entryPointAbi } from '@/lib/chains/abi/entryPoint.gen'
import { localNetwork } from '@/lib/chains/localNetwork'
import { callsStatus } from '@/lib/rpc/callsStatus'
import { fakeServer, type FakeServer } from '../bundler/fakeServer'
import { operationRow } from '../operation/operationRow'
import { failure } from './testRpc'

const { entryPoint } = localNetwork.deployment
const transactionHash: Hex = `0x${'77'.repeat(32)}`
const own: Hex = `0x${'ab'.repeat(32)}`
const other: Hex = `0x${'cd'.repeat(32)}`
const token = '0x00000000000000000000000000000000000000a1'

let logs: object[] = []
let node: FakeServer
beforeEach(async () => {
  node = await fakeServer({
    eth_getTransactionReceipt: () => ({
      transactionHash,
      blockHash: other,
      blockNumber: '0x10',
      gasUsed: '0x999',
      status: '0x1',
      logs,
    }),
  })
})
afterEach(() => node.close())

const log = (address: string, topics: readonly unknown[], data: Hex) => ({
  address,
  topics,
  data,
  blockNumber: '0x10',
  blockHash: other,
  transactionHash,
  logIndex: '0x0',
  transactionIndex: '0x0',
  removed: false,
})
const moved = (data: Hex) => log(token, [`0x${'01'.repeat(32)}`], data)
const end = (userOpHash: Hex, address: string = entryPoint) =>
  log(
    address,
    encodeEventTopics({
      abi: entryPointAbi,
      eventName: 'UserOperationEvent',
      args: { userOpHash, sender: token, paymaster: token },
    }),
    '0x',
  )
const begin = () =>
  log(entryPoint, ['0xbb47ee3e183a558b1a2ff0874b079f3fc5478b7454eacf2bfc5af2ff5878f972'], '0x')

const status = (change: Parameters<typeof operationRow>[0]) =>
  callsStatus({ ...localNetwork, rpcUrl: node.url }, operationRow({ userOpHash: own, ...change }), 'order')

test.each([
  ['reserved', 100],
  ['signed', 100],
  ['sent', 100],
  ['void', 400],
] as const)('param: %s is %i, without a receipt', async (state, code) => {
  expect(await status({ status: state })).toEqual({
    version: '2.0.0',
    id: 'order',
    chainId: '0x7a69',
    status: code,
    atomic: true,
  })
})

test('behavior: the receipt holds the logs of this operation alone', async () => {
  logs = [
    moved('0x01'),
    begin(),
    moved('0x02'),
    end(other),
    moved('0x03'),
    moved('0x04'),
    end(own),
    moved('0x05'),
  ]
  const answer = await status({ status: 'included', transactionHash, gasUsed: 5n })
  expect(answer).toMatchObject({
    status: 200,
    receipts: [
      {
        logs: [{ data: '0x03' }, { data: '0x04' }],
        status: '0x1',
        gasUsed: numberToHex(5),
        blockNumber: '0x10',
        transactionHash,
      },
    ],
  })
})

test('behavior: the first operation of a bundle begins after validation', async () => {
  logs = [moved('0x01'), begin(), moved('0x02'), end(own), end(other)]
  expect(await status({ status: 'final', transactionHash })).toMatchObject({
    receipts: [{ logs: [{ data: '0x02' }] }],
  })
})

test('error: another contract’s event marks nothing', async () => {
  logs = [begin(), moved('0x02'), end(own, token), moved('0x03'), end(own)]
  const answer = (await status({ status: 'included', transactionHash })) as { receipts: { logs: object[] }[] }
  expect(answer.receipts[0]?.logs).toHaveLength(3)
})

test('error: calls that reverted are 500 with status 0x0, whatever the bundle’s own receipt says', async () => {
  logs = [begin(), end(own)]
  expect(await status({ status: 'failed', transactionHash })).toMatchObject({
    status: 500,
    receipts: [{ status: '0x0', logs: [] }],
  })
})

test('error: a node that is down is 4901', async () => {
  await node.close()
  expect(await failure(status({ status: 'included', transactionHash }))).toMatchObject({ code: 4901 })
})
