import { generatePrivateKey, privateKeyToAddress, sign } from 'viem/accounts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addNetwork } from '@/lib/chains/networks'
import { authorize } from '@/lib/operation/authorize'
import { recover } from '@/lib/operation/recover'
import { replace } from '@/lib/operation/replace'
import type { SignHash } from '@/lib/operation/reserve'
import { operations, type OperationRow } from '@/lib/operation/row'
import { submitOperation } from '@/lib/operation/submitOperation'
import { countedUsage } from '@/lib/operation/standing'
import { sessions } from '@/lib/session/sessions'
import { fakeChain, type FakeChain } from './fakeChain'
import { sessionRow } from './sessionRow'
import { testContext } from './testContext'

const privateKey = generatePrivateKey()
const base = sessionRow()
const spec = { ...base.spec, signer: privateKeyToAddress(privateKey) }
const session = { ...base, spec }
const signHash: SignHash = async (hash) => {
  const { r, s, yParity } = await sign({ hash, privateKey, to: 'object' })
  return { r, s, yParity: yParity ?? 0 }
}
let chain: FakeChain
let context: Awaited<ReturnType<typeof testContext>>

beforeEach(async () => {
  chain = await fakeChain()
  context = await testContext()
  chain.state.latest.timestamp = Math.floor(Date.now() / 1000)
  await addNetwork(context.database, chain.network)
  await sessions.put(context.database, session)
})
afterEach(() => chain.close())

async function stuck(): Promise<OperationRow> {
  const calls = [{ to: '0x00000000000000000000000000000000000000d1', value: 4n, data: '0x' }] as const
  const { network } = chain
  const result = await authorize(context, { network, session, origin: session.origin, calls, sign: signHash })
  if (!result.ok) throw new Error(result.reason)
  return (await submitOperation(context, result.row)).row
}

const again = (row: OperationRow) => replace(context, { network: chain.network, row, sign: signHash })

async function fees() {
  const stored = await sessions.get(context.database, session.id)
  const counted = await countedUsage(context.database, stored ?? session)
  return { settled: stored?.usage['fee']?.used ?? 0n, counted: counted?.['fee']?.used ?? 0n }
}

test('behavior: a dearer version has the same nonce, and the larger of both is reserved', async () => {
  const row = await stuck()
  const { counted } = await fees()
  chain.state.gasPrice = 30n
  const replaced = await again(row)
  expect(replaced).toMatchObject({
    status: 'sent',
    nonce: row.nonce,
    others: [{ userOpHash: row.userOpHash }],
  })
  expect(replaced?.userOp.nonce).toBe(row.nonce)
  expect(replaced?.userOp.signature).not.toBe(row.userOp.signature)
  expect(await fees()).toEqual({ settled: 0n, counted: 3n * counted })
  expect((await countedUsage(context.database, session))?.['0.value']?.used).toBe(4n)
})

test('behavior: whichever version a block takes is what counts, also after a reorganisation', async () => {
  const row = await stuck()
  const { counted: cheap } = await fees()
  chain.state.gasPrice = 30n
  const replaced = await again(row)
  if (replaced === null) throw new Error('not replaced')
  const include = async (version: OperationRow, blockNumber: bigint) => {
    chain.state.included = { row: version, success: true, blockNumber }
    chain.state.bundlerKnows = false
    await recover(context)
  }
  await include(row, 90n)
  expect(await operations.get(context.database, row.id)).toMatchObject({
    status: 'included',
    userOpHash: row.userOpHash,
    others: [{ userOpHash: replaced.userOpHash }],
  })
  expect(await fees()).toEqual({ settled: cheap, counted: cheap })
  chain.state.included = null
  await recover(context)
  expect(await fees()).toEqual({ settled: 0n, counted: 3n * cheap })
  await include(replaced, 91n)
  expect(await fees()).toEqual({ settled: 3n * cheap, counted: 3n * cheap })
})

test('behavior: a replacement that a bundler refuses leaves both on their way', async () => {
  const row = await stuck()
  chain.state.gasPrice = 30n
  const replaced = await again(row)
  chain.state.bundlerIsDown = true
  const { row: after } = await submitOperation(context, replaced ?? row)
  expect(after).toMatchObject({ status: 'sent', rejected: undefined })
})

test('behavior: nothing to gain, no room in the session, or a session that is paused: left alone', async () => {
  const row = await stuck()
  chain.state.gasPrice = 11n
  expect(await again(row)).toBeNull()
  chain.state.gasPrice = 10n ** 16n
  expect(await again(row)).toBeNull()
  chain.state.gasPrice = 30n
  await sessions.put(context.database, { ...session, status: 'paused' })
  expect(await again(row)).toBeNull()
  expect((await operations.get(context.database, row.id))?.replacement).toBeUndefined()
})

test('error: a key that cannot sign leaves the operation as it was', async () => {
  const row = await stuck()
  chain.state.gasPrice = 30n
  const failing = replace(context, {
    network: chain.network,
    row,
    sign: async () => {
      throw new RangeError('locked')
    },
  })
  await expect(failing).rejects.toThrow('locked')
  expect(await operations.get(context.database, row.id)).toEqual({ ...row, replacement: undefined })
})

test('behavior: a worker that stopped before it signed a replacement forgets it', async () => {
  const row = await stuck()
  const { userOp, userOpHash, deadline, payer, charges } = row
  const replacement = {
    userOp: { ...userOp, signature: '0x' },
    userOpHash,
    deadline,
    payer,
    charges,
  } as const
  await operations.put(context.database, { ...row, replacement })
  await recover(context)
  expect((await operations.get(context.database, row.id))?.replacement).toBeUndefined()
})
