import { generatePrivateKey, privateKeyToAddress, sign } from 'viem/accounts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addNetwork } from '@/lib/chains/networks'
import { authorize, ForeignOriginError, type AuthorizeRequest } from '@/lib/operation/authorize'
import { operations } from '@/lib/operation/row'
import { submitOperation } from '@/lib/operation/submitOperation'
import { reservedUsage } from '@/lib/operation/unsettled'
import { sessions } from '@/lib/session/sessions'
import { RpcFailure } from '../bundler/fakeServer'
import { fakeChain, type FakeChain } from './fakeChain'
import { sessionRow } from './sessionRow'
import { testContext } from './testContext'

const privateKey = generatePrivateKey()
const base = sessionRow()
const session = { ...base, spec: { ...base.spec, signer: privateKeyToAddress(privateKey) } }
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

function request(value: bigint, change: Partial<AuthorizeRequest> = {}): AuthorizeRequest {
  return {
    network: chain.network,
    session,
    origin: session.origin,
    calls: [{ to: '0x00000000000000000000000000000000000000d1', value, data: '0x' }],
    sign: async (hash) => {
      const { r, s, yParity } = await sign({ hash, privateKey, to: 'object' })
      return { r, s, yParity: yParity ?? 0 }
    },
    ...change,
  }
}

test('error: another site cannot use the session, nor another chain', async () => {
  const foreign = authorize(context, request(1n, { origin: 'https://evil.example' }))
  await expect(foreign).rejects.toThrow(ForeignOriginError)
  const elsewhere = { ...chain.network, chainId: 5 }
  await expect(authorize(context, request(1n, { network: elsewhere }))).rejects.toMatchObject({ code: 4100 })
  expect(await operations.getAll(context.database)).toEqual([])
})

test('behavior: what the session does not allow never reaches the bundler', async () => {
  const refused = await authorize(context, request(11n))
  expect(refused).toMatchObject({ ok: false, reason: 'refused', refusal: { rule: 'MaxValueExceeded' } })
  expect(chain.bundler.called).toEqual([])
})

test('behavior: the fee counts against the session, in the numbers that are signed', async () => {
  const result = await authorize(context, request(1n))
  if (!result.ok) throw new Error(result.reason)
  expect(result.row.charges).toContainEqual({ cell: 'fee', amount: 230_000n, period: 0 })
  chain.state.gasPrice = 10n ** 16n
  chain.state.balance = 10n ** 30n
  expect(await authorize(context, request(1n))).toMatchObject({
    refusal: { rule: 'LifetimeUsageExceeded', subject: { kind: 'fee' } },
  })
})

test('behavior: a bundler’s refusal of signed bytes frees nothing', async () => {
  const result = await authorize(context, request(4n))
  if (!result.ok) throw new Error(result.reason)
  chain.bundler.methods['eth_sendUserOperation'] = () => {
    throw new RpcFailure(-32500, 'AA24 signature error')
  }
  const { row, submission } = await submitOperation(context, result.row)
  expect(submission.outcome).toBe('rejected')
  expect(row).toMatchObject({ status: 'signed', rejected: { code: -32500 } })
  expect((await reservedUsage(context.database, session))['0.value']?.used).toBe(4n)
  // The next request takes another lane.
  const next = await authorize(context, request(4n))
  expect(next).toMatchObject({ ok: true, row: { lane: 1 } })
})

test('behavior: a bundler that is down leaves the operation to be sent again', async () => {
  const result = await authorize(context, request(4n))
  if (!result.ok) throw new Error(result.reason)
  await chain.bundler.close()
  const { row, submission } = await submitOperation(context, result.row)
  expect(submission.outcome).toBe('unknown')
  expect(row.status).toBe('signed')
  expect(row.rejected).toBeUndefined()
})
