import { generatePrivateKey, privateKeyToAddress, sign } from 'viem/accounts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addNetwork } from '@/lib/chains/networks'
import { authorize, ForeignOriginError, type AuthorizeRequest } from '@/lib/operation/authorize'
import { operations } from '@/lib/operation/row'
import { submitOperation } from '@/lib/operation/submitOperation'
import { countedUsage } from '@/lib/operation/standing'
import { sessions } from '@/lib/session/sessions'
import { fakeServer, RpcFailure } from '../bundler/fakeServer'
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
  expect((await countedUsage(context.database, session))?.['0.value']?.used).toBe(4n)
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

for (const minutes of [-15, 15])
  test(`behavior: with a clock that is ${minutes} minutes off, periods and deadlines are the chain’s`, async () => {
    const chainNow = Math.floor(Date.now() / 1000) + minutes * 60
    chain.state.latest.timestamp = chainNow
    // One whose end is not near, so that nothing is waited for.
    const lengths = Array.from({ length: 300 }, (_, more) => 600 + more)
    const period = lengths.find((length) => chainNow % length > 60 && chainNow % length < length - 60)
    if (period === undefined) throw new Error('no period')
    const allowance = { limitType: 'Allowance', limit: 10n, period } as const
    const [policy] = session.spec.transferPolicies
    if (policy === undefined) throw new Error('no policy')
    const spec = { ...session.spec, transferPolicies: [{ ...policy, valueLimit: allowance }] }
    await sessions.put(context.database, { ...session, spec })
    const result = await authorize(context, request(4n, { session: { ...session, spec } }))
    if (!result.ok) throw new Error(result.reason)
    const now = context.clock.now(chain.network.chainId)
    expect(Math.abs(now - chainNow)).toBeLessThan(30)
    expect(result.row.deadline).toBeGreaterThan(now - 30)
    expect(result.row.deadline).toBeLessThanOrEqual(now + 300)
    expect(result.row.charges).toContainEqual({
      cell: '0.value',
      amount: 4n,
      period: Math.floor(now / period),
    })
  })

test('behavior: a lane whose nonce a reorganisation gave back is asked of the chain again', async () => {
  const { eth_estimateUserOperationGas: estimate } = chain.bundler.methods
  let refusals = 0
  chain.bundler.methods['eth_estimateUserOperationGas'] = (params) => {
    if (refusals++ === 0) throw new RpcFailure(-32500, 'AA25 invalid account nonce')
    return estimate?.(params)
  }
  expect(await authorize(context, request(1n))).toMatchObject({ ok: true })
  expect(refusals).toBe(2)
})

test('behavior: a request that waited for its lane while others used the limit is refused with the numbers', async () => {
  const spend = () => authorize(context, request(3n))
  const results = await Promise.all(Array.from({ length: 4 }, spend))
  expect(results.filter(({ ok }) => ok)).toHaveLength(3)
  const refusal = { rule: 'LifetimeUsageExceeded', limit: 10n, used: 9n, amount: 3n }
  expect(results.find(({ ok }) => !ok)).toMatchObject({ reason: 'refused', refusal })
  chain.bundler.methods['eth_estimateUserOperationGas'] = () => {
    throw new RpcFailure(-32500, 'LifetimeUsageExceeded')
  }
  await expect(authorize(context, request(1n))).rejects.toMatchObject({ code: -32003 })
})

test('behavior: an estimate that fails as the limit was used up meanwhile is the session’s refusal', async () => {
  chain.bundler.methods['eth_estimateUserOperationGas'] = () => {
    void sessions.put(context.database, { ...session, usage: { '0.value': { used: 10n, period: 0 } } })
    throw new RpcFailure(-32500, 'LifetimeUsageExceeded')
  }
  expect(await authorize(context, request(3n))).toMatchObject({ refusal: { used: 10n, amount: 3n } })
})

test('behavior: a sponsor whose paymaster the session does not list is refused by that rule, unless another pays', async () => {
  const listed = '0x00000000000000000000000000000000000000a1'
  const paymaster = '0x00000000000000000000000000000000000000A2'
  const spec = { ...session.spec, paymaster: { mode: 'Listed', paymaster: listed } } as const
  await sessions.put(context.database, { ...session, spec })
  const sponsor = { paymaster, paymasterData: '0x' } as const
  expect(await authorize(context, request(1n, { sponsor }))).toEqual({
    ok: false,
    reason: 'refused',
    refusal: { rule: 'PaymasterNotAllowed', paymaster },
  })
  expect(chain.bundler.called).not.toContain('eth_estimateUserOperationGas')
  const service = await fakeServer({
    pm_getPaymasterStubData: () => ({ paymaster: listed, paymasterData: '0x', isFinal: true }),
  })
  const network = { ...chain.network, paymasterUrl: service.url }
  const paid = await authorize(context, request(1n, { sponsor, network }))
  await service.close()
  expect(paid).toMatchObject({ ok: true, row: { payer: { kind: 'sponsor', by: 'network' } } })
})
