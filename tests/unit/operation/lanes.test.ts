import { expect, test } from 'vitest'
import { decodeFunctionData, encodeAbiParameters, parseAbi, type Address, type Hex } from 'viem'
import { localNetwork } from '@/lib/chains/localNetwork'
import { createLanes, type LaneRequest } from '@/lib/operation/lanes'
import { operations } from '@/lib/operation/row'
import { fakeServer } from '../bundler/fakeServer'
import { operationRow } from './operationRow'
import { testContext } from './testContext'

const account: Address = '0x00000000000000000000000000000000000000aa'
const nonceAbi = parseAbi(['function getNonce(address sender, uint192 key) view returns (uint256 nonce)'])
const sequenceOf = ({ nonce }: { nonce: bigint }) => nonce & (2n ** 64n - 1n)

async function setUp() {
  let sequence = 5n
  const node = await fakeServer({
    eth_call: ([call]) => {
      const { data } = call as { data: Hex }
      const { args } = decodeFunctionData({ abi: nonceAbi, data })
      return encodeAbiParameters([{ type: 'uint256' }], [(args[1] << 64n) | sequence])
    },
  })
  const { database } = await testContext()
  const network = { ...localNetwork, rpcUrl: node.url }
  const request = (validator: bigint, exclusive = false): LaneRequest => ({
    network,
    account,
    nonceKey: (lane) => (validator << 32n) | BigInt(lane),
    lanes: 4,
    exclusive,
  })
  const setSequence = (value: bigint) => (sequence = value)
  return { node, database, lanes: createLanes(database), request, setSequence, chainId: network.chainId }
}

/** Whether a promise is still pending a moment later. */
const isWaiting = async (promise: Promise<unknown>) => {
  const pause = new Promise((resolve) => setTimeout(resolve, 60, 'waiting'))
  return (await Promise.race([promise, pause])) === 'waiting'
}

test('behavior: four lanes a validator, the fifth waits and takes the one that is left', async () => {
  const { lanes, request, node } = await setUp()
  const holds = await Promise.all(Array.from({ length: 4 }, () => lanes.acquire(request(7n))))
  expect(holds.map(({ lane }) => lane)).toEqual([0, 1, 2, 3])
  expect(holds.every((hold) => sequenceOf(hold) === 5n)).toBe(true)
  const fifth = lanes.acquire(request(7n))
  expect(await isWaiting(fifth)).toBe(true)
  expect((await lanes.acquire(request(0n))).lane).toBe(0)
  holds[2]?.release()
  expect((await fifth).lane).toBe(2)
  await node.close()
})

test('behavior: a nonce is read once, then counted', async () => {
  const { lanes, request, node, chainId, setSequence } = await setUp()
  const first = await lanes.acquire(request(7n))
  lanes.leave({ account, chainId, ...first }, true)
  first.release()
  expect(sequenceOf(await lanes.acquire(request(7n)))).toBe(6n)
  expect(node.called).toHaveLength(1)
  // Given up: what the chain says counts again.
  setSequence(9n)
  lanes.leave({ account, chainId, ...first }, false)
  const other = createLanes((await testContext()).database)
  expect(sequenceOf(await other.acquire(request(7n)))).toBe(9n)
  await node.close()
})

test('behavior: operations of the journal keep their lanes, also across a restart', async () => {
  const { database, request, node } = await setUp()
  await operations.put(database, operationRow({ account, nonceKey: 7n << 32n, status: 'sent' }))
  const lanes = createLanes(database)
  expect((await lanes.acquire(request(7n))).lane).toBe(1)
  await node.close()
})

test('behavior: a rejected operation keeps its nonce but is not under way', async () => {
  const { database, lanes, request, node } = await setUp()
  const rejected = { code: -32500, message: 'AA24' }
  for (let lane = 0n; lane < 4n; lane++)
    await operations.put(database, operationRow({ account, nonceKey: (7n << 32n) | lane, rejected }))
  expect((await lanes.acquire(request(7n))).lane).toBe(4)
  await node.close()
})

test('behavior: a spent nonce never comes back, however late its end is told', async () => {
  const { lanes, request, node, chainId } = await setUp()
  const first = await lanes.acquire(request(7n))
  lanes.leave({ account, chainId, ...first }, true)
  first.release()
  const second = await lanes.acquire(request(7n))
  lanes.leave({ account, chainId, ...second }, true)
  second.release()
  lanes.leave({ account, chainId, ...first }, true)
  expect(sequenceOf(await lanes.acquire(request(7n)))).toBe(sequenceOf(second) + 1n)
  await node.close()
})

test('behavior: a hold that becomes a row while the journal is read keeps its lane', async () => {
  const { database, lanes, request, node } = await setUp()
  const holds = await Promise.all([0, 1, 2].map(() => lanes.acquire(request(7n))))
  const next = lanes.acquire(request(7n))
  // The journal is being read for `next`; these writes come after.
  for (const hold of holds) {
    void operations.put(database, operationRow({ account, nonceKey: hold.nonceKey, status: 'signed' }))
    hold.release()
  }
  expect((await next).lane).toBe(3)
  await node.close()
})

test('behavior: the deployment of an account goes alone', async () => {
  const { database, lanes, request, node, chainId } = await setUp()
  const base = operationRow({ account, nonceKey: 0n })
  const factory: Address = '0x00000000000000000000000000000000000000fa'
  const deploying = { ...base, userOp: { ...base.userOp, factory, factoryData: '0x' } } as typeof base
  await operations.put(database, deploying)
  const next = lanes.acquire(request(0n))
  expect(await isWaiting(next)).toBe(true)
  await operations.put(database, { ...deploying, status: 'included' })
  lanes.leave({ ...deploying, chainId }, true)
  const hold = await next
  expect(hold.nonce).toBe(1n)
  expect(await isWaiting(lanes.acquire(request(0n, true)))).toBe(true)
  await node.close()
})

test('error: an unreachable node gives the lane back', async () => {
  const { lanes, request, node, setSequence } = await setUp()
  const { eth_call: answer } = node.methods
  node.methods['eth_call'] = () => 'nonsense'
  await expect(lanes.acquire(request(7n))).rejects.toMatchObject({ code: 4901 })
  if (answer !== undefined) node.methods['eth_call'] = answer
  setSequence(1n)
  expect((await lanes.acquire(request(7n))).lane).toBe(0)
  await node.close()
})
