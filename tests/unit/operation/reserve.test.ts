import { generatePrivateKey, privateKeyToAddress, sign } from 'viem/accounts'
import { beforeEach, expect, test } from 'vitest'
import { listActivity } from '@/lib/activity/activity'
import { localNetwork } from '@/lib/chains/localNetwork'
import { applyVoid } from '@/lib/operation/applyFate'
import { reserve, type ReserveRequest, type SignHash } from '@/lib/operation/reserve'
import { operations } from '@/lib/operation/row'
import { countedUsage } from '@/lib/operation/standing'
import { sessions } from '@/lib/session/sessions'
import { changeSettings } from '@/lib/settings/changeSettings'
import { operationRow } from './operationRow'
import { sessionRow } from './sessionRow'
import { testContext } from './testContext'

const privateKey = generatePrivateKey()
const session = sessionRow()
const own = { ...session, spec: { ...session.spec, signer: privateKeyToAddress(privateKey) } }
let context: Awaited<ReturnType<typeof testContext>>

const signHash: SignHash = async (hash) => {
  const { r, s, yParity } = await sign({ hash, privateKey, to: 'object' })
  return { r, s, yParity: yParity ?? 0 }
}

beforeEach(async () => {
  const made = await testContext()
  context = { ...made, clock: { ...made.clock, now: () => 1_000_000 } }
  await sessions.put(context.database, own)
})

let lane = 0
function request(value: bigint, change: Partial<ReserveRequest> = {}): ReserveRequest {
  const nonceKey = BigInt(lane++)
  const { userOp, payer } = operationRow()
  return {
    network: localNetwork,
    sessionId: own.id,
    sign: signHash,
    calls: [{ to: '0x00000000000000000000000000000000000000d1', value, data: '0x' }],
    userOp,
    fee: { fee: 5n },
    payer,
    hold: { lane, nonceKey, nonce: nonceKey << 64n, release: () => undefined },
    mayWait: true,
    ...change,
  }
}

test('behavior: reserves, signs and journals', async () => {
  const result = await reserve(context, request(7n))
  if (result.outcome !== 'signed') throw new Error(result.outcome)
  expect(result.row).toMatchObject({ status: 'signed', deadline: 1_000_300, origin: own.origin })
  expect(result.row.userOp.signature.length).toBeGreaterThan(2 + 2 * 76)
  expect(context.seen.map(({ status }) => status)).toEqual(['reserved', 'signed'])
  expect(await countedUsage(context.database, own)).toEqual({
    fee: { used: 5n, period: 0 },
    '0.value': { used: 7n, period: 0 },
  })
  const [entry] = await listActivity(context.database, 5)
  const left = [
    { cell: 'fee', left: 10n ** 18n - 5n },
    { cell: '0.value', left: 3n },
  ]
  expect(entry).toMatchObject({ signedBy: 'session', rule: { policyIndex: [0], left } })
})

test('behavior: of many requests at once only those within the limit are signed', async () => {
  const results = await Promise.all(Array.from({ length: 12 }, () => reserve(context, request(3n))))
  expect(results.filter(({ outcome }) => outcome === 'signed')).toHaveLength(3)
  expect(results.find(({ outcome }) => outcome === 'refused')).toMatchObject({
    refusal: { rule: 'LifetimeUsageExceeded', limit: 10n, used: 9n, amount: 3n },
  })
})

test('behavior: of many requests at once only those within the user’s own limits are signed', async () => {
  const guards = { perMinute: 2, daily: [], pauseAfterRefusals: false }
  await changeSettings(context.database, { guards })
  const many = await Promise.all(Array.from({ length: 12 }, () => reserve(context, request(1n))))
  expect(many.filter(({ outcome }) => outcome === 'signed')).toHaveLength(2)
  expect(many.at(-1)).toMatchObject({ refusal: { rule: 'GuardPerMinute', cap: 2, signed: 2 } })
  const daily = [{ chainId: own.chainId, asset: 'native' as const, limit: 5n }]
  await changeSettings(context.database, { guards: { ...guards, perMinute: null, daily } })
  const more = await Promise.all(Array.from({ length: 12 }, () => reserve(context, request(1n))))
  expect(more.filter(({ outcome }) => outcome === 'signed')).toHaveLength(3)
  expect(more.at(-1)).toMatchObject({ refusal: { rule: 'GuardDailyCeiling', limit: 5n, used: 5n } })
})

test('behavior: an operation that was given up unsigned does not count against the user’s own limits', async () => {
  const guards = { perMinute: 1, daily: [], pauseAfterRefusals: false }
  await changeSettings(context.database, { guards })
  const sign = async () => Promise.reject(new RangeError('vault closed'))
  await expect(reserve(context, request(1n, { sign }))).rejects.toThrow('vault closed')
  expect((await reserve(context, request(1n))).outcome).toBe('signed')
  expect((await reserve(context, request(1n))).outcome).toBe('refused')
})

test('behavior: a void operation gives its reservation back, an included one does not', async () => {
  const first = await reserve(context, request(10n))
  if (first.outcome !== 'signed') throw new Error(first.outcome)
  expect((await reserve(context, request(1n))).outcome).toBe('refused')
  await applyVoid(context, first.row.id, 'Dead.')
  expect((await reserve(context, request(1n))).outcome).toBe('signed')
})

test('behavior: a session that was paused meanwhile signs nothing', async () => {
  for (const status of ['pending', 'paused', 'closing', 'closed'] as const) {
    await sessions.put(context.database, { ...own, status })
    expect(await reserve(context, request(1n))).toEqual({
      outcome: 'refused',
      refusal: { rule: 'SessionNotActive', status },
    })
  }
  expect(await operations.getAll(context.database)).toEqual([])
})

test('error: when the key cannot sign, nothing stays reserved', async () => {
  const failing = reserve(
    context,
    request(10n, {
      sign: async () => {
        throw new RangeError('vault closed')
      },
    }),
  )
  await expect(failing).rejects.toThrow('vault closed')
  expect((await operations.getAll(context.database)).map(({ status }) => status)).toEqual(['void'])
  expect((await reserve(context, request(10n))).outcome).toBe('signed')
})

test('error: without a journal nothing is signed', async () => {
  let signed = 0
  context.database.close()
  const failing = reserve(
    context,
    request(1n, {
      sign: (hash) => {
        signed++
        return signHash(hash)
      },
    }),
  )
  await expect(failing).rejects.toMatchObject({ name: 'Storage.StorageError' })
  expect(signed).toBe(0)
})

test('behavior: a nonce that another worker took meanwhile is not used again', async () => {
  const taken = request(1n)
  await reserve(context, taken)
  expect(await reserve(context, request(1n, { hold: taken.hold }))).toEqual({ outcome: 'lane-taken' })
  expect(await operations.getAll(context.database)).toHaveLength(1)
})

test('behavior: the same calls are signed once, whichever worker asks again', async () => {
  const results = await Promise.all([1, 2, 3].map(() => reserve(context, request(1n, { dappCallsId: 'a' }))))
  expect(new Set(results.map((result) => (result.outcome === 'signed' ? result.row.id : ''))).size).toBe(1)
  expect((await reserve(context, request(1n, { dappCallsId: 'b' }))).outcome).toBe('signed')
  expect(await operations.getAll(context.database)).toHaveLength(2)
})
