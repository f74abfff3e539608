import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Account } from '@/lib/account/account'
import { accounts } from '@/lib/account/accounts'
import { latchkey } from '@/lib/chains/deployments/latchkey'
import { addNetwork } from '@/lib/chains/networks'
import { abandon } from '@/lib/operation/abandon'
import { ApprovalExpiredError, complete, ForeignPasskeyError } from '@/lib/operation/complete'
import { freeze, PreparationChangedError, type Frozen } from '@/lib/operation/freeze'
import { prepare } from '@/lib/operation/prepare'
import { operations } from '@/lib/operation/row'
import { sessions } from '@/lib/session/sessions'
import { fakeChain, type FakeChain } from './fakeChain'
import { sessionRow } from './sessionRow'
import { accountOf, softPasskey, type SoftPasskey } from './softPasskey'
import { testContext } from './testContext'

let chain: FakeChain
let context: Awaited<ReturnType<typeof testContext>>
let owner: SoftPasskey
let account: Account

beforeEach(async () => {
  chain = await fakeChain()
  context = await testContext()
  owner = softPasskey()
  account = accountOf(latchkey, owner.passkey)
  chain.state.latest.timestamp = Math.floor(Date.now() / 1000)
  await addNetwork(context.database, chain.network)
  await accounts.put(context.database, account)
})
afterEach(async () => {
  vi.useRealTimers()
  await chain.close()
})

const prepared = () =>
  prepare(context, {
    account,
    network: chain.network,
    calls: [{ to: account.address, value: 0n, data: '0x' }],
    signer: 'passkey',
  })

async function frozen(): Promise<Frozen> {
  return freeze(context, { prepared: await prepared(), origin: null, purpose: 'calls' })
}

const answer = (of: Frozen, by = owner) => ({
  operationId: of.operationId,
  credentialId: by.passkey.credentialId,
  answer: by.assert(of.challenge),
})

test('behavior: what is frozen is what is signed, and the session is written with it', async () => {
  const of = await frozen()
  const before = await operations.get(context.database, of.operationId)
  const session = sessionRow({ status: 'pending' })
  const row = await complete(context, {
    ...answer(of),
    within: { stores: ['sessions'], run: (transaction) => sessions.put(transaction, session) },
  })
  expect(before).toMatchObject({ status: 'reserved', userOpHash: of.userOpHash, deadline: of.deadline })
  expect(row).toEqual({
    ...before,
    status: 'signed',
    signedWith: answer(of).credentialId,
    userOp: { ...before?.userOp, signature: row.userOp.signature },
  })
  expect(row.userOp.signature.length).toBeGreaterThan(2 * 180)
  expect(await sessions.get(context.database, session.id)).toEqual(session)
})

test('behavior: nothing is signed when what goes with it cannot be written', async () => {
  const of = await frozen()
  const failing = complete(context, {
    ...answer(of),
    within: {
      stores: ['sessions'],
      run: async () => {
        throw new RangeError('no vault')
      },
    },
  })
  await expect(failing).rejects.toThrow('no vault')
  expect((await operations.get(context.database, of.operationId))?.status).toBe('reserved')
})

test('behavior: two approvals at once have two lanes; one given up frees its own', async () => {
  const [first, second] = [await frozen(), await frozen()]
  const lanes = (await operations.getAll(context.database)).map(({ lane }) => lane)
  expect(lanes.sort()).toEqual([0, 1])
  expect(first.challenge).not.toBe(second.challenge)
  await abandon(context, first.operationId)
  await expect(complete(context, answer(first))).rejects.toThrow(ApprovalExpiredError)
})

test('error: an answer after the deadline signs nothing', async () => {
  const of = await frozen()
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 301_000 })
  chain.state.latest.timestamp += 301
  await expect(complete(context, answer(of))).rejects.toThrow(ApprovalExpiredError)
  expect((await operations.get(context.database, of.operationId))?.status).toBe('void')
})

test('error: another passkey, or an answer to another challenge, signs nothing', async () => {
  const of = await frozen()
  await expect(complete(context, answer(of, softPasskey()))).rejects.toThrow(ForeignPasskeyError)
  const other = await frozen()
  await expect(complete(context, { ...answer(of), answer: owner.assert(other.challenge) })).rejects.toThrow(
    'signed something else',
  )
  expect((await operations.get(context.database, of.operationId))?.status).toBe('reserved')
})

test('behavior: a preparation that lies about is made anew, and never becomes dearer unseen', async () => {
  const shown = await prepared()
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 })
  const request = { prepared: shown, origin: null, purpose: 'calls' } as const
  chain.state.gasPrice = 9n
  const { operationId } = await freeze(context, request)
  expect((await operations.get(context.database, operationId))?.userOp.maxFeePerGas).toBe(9n)
  chain.state.gasPrice = 11n
  await expect(freeze(context, request)).rejects.toThrow(PreparationChangedError)
})

test('behavior: an account that a stranger deployed meanwhile is not deployed again', async () => {
  chain.state.code = '0x'
  const shown = await prepared()
  expect(shown.userOp.factory).toBe(latchkey.factory)
  chain.state.code = '0x60'
  const { operationId } = await freeze(context, { prepared: shown, origin: null, purpose: 'calls' })
  expect((await operations.get(context.database, operationId))?.userOp.factory).toBeUndefined()
})
