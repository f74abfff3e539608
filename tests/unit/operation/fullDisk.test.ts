import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { addNetwork } from '@/lib/chains/networks'
import { recover } from '@/lib/operation/recover'
import { reserve, type SignHash } from '@/lib/operation/reserve'
import { operations } from '@/lib/operation/row'
import { settle } from '@/lib/operation/settle'
import { countedUsage } from '@/lib/operation/standing'
import { sessions } from '@/lib/session/sessions'
import { fakeChain, type FakeChain } from './fakeChain'
import { operationRow } from './operationRow'
import { sessionRow } from './sessionRow'
import { testContext } from './testContext'

const session = sessionRow()
let chain: FakeChain
let context: Awaited<ReturnType<typeof testContext>>
let signed = 0
const sign: SignHash = async () => {
  signed++
  return { r: `0x${'11'.repeat(32)}`, s: `0x${'11'.repeat(32)}`, yParity: 0 }
}

beforeEach(async () => {
  signed = 0
  chain = await fakeChain()
  context = await testContext()
  await addNetwork(context.database, chain.network)
  await sessions.put(context.database, session)
  await context.clock.refresh(chain.network)
})
afterEach(async () => {
  vi.restoreAllMocks()
  await chain.close()
})

/** From the n-th write to the journal on, the disk has no room. */
function fillDisk(after: number) {
  const put = IDBObjectStore.prototype.put
  let writes = 0
  return vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    ...args: Parameters<typeof put>
  ) {
    if (this.name === 'operations' && ++writes > after)
      throw new DOMException('No room is left.', 'QuotaExceededError')
    return put.apply(this, args)
  })
}

function request() {
  const { userOp, payer } = operationRow()
  return reserve(context, {
    network: chain.network,
    sessionId: session.id,
    sign,
    calls: [{ to: '0x00000000000000000000000000000000000000d1', value: 4n, data: '0x' }],
    userOp,
    fee: { fee: 5n },
    payer,
    hold: { lane: 0, nonceKey: 0n, nonce: 0n, release: () => undefined },
    mayWait: false,
  })
}

test('error: a full disk before the reservation: nothing is signed', async () => {
  fillDisk(0)
  await expect(request()).rejects.toThrow('The disk is full')
  expect(signed).toBe(0)
  expect(await operations.getAll(context.database)).toEqual([])
})

test('error: a full disk before the signature is journalled: nothing is sent, and the reservation goes', async () => {
  const disk = fillDisk(1)
  await expect(request()).rejects.toThrow('The disk is full')
  expect((await operations.getAll(context.database)).map(({ status }) => status)).toEqual(['reserved'])
  disk.mockRestore()
  await recover(context)
  expect(chain.sent).toEqual([])
  expect(await countedUsage(context.database, session)).toEqual({})
})

test('error: a full disk when an operation is included: settled once there is room, counted all the time', async () => {
  const result = await request()
  if (result.outcome !== 'signed') throw new Error(result.outcome)
  chain.state.included = { row: result.row, success: true, blockNumber: 90n }
  const disk = fillDisk(0)
  await expect(settle(context, result.row.id)).rejects.toThrow('The disk is full')
  expect((await countedUsage(context.database, session))?.['0.value']?.used).toBe(4n)
  disk.mockRestore()
  await recover(context)
  const settled = await sessions.get(context.database, session.id)
  expect(settled?.usage['0.value']?.used).toBe(4n)
  expect(await countedUsage(context.database, settled ?? session)).toEqual(settled?.usage)
})
