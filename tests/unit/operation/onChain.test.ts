import { afterAll, beforeAll, expect, test } from 'vitest'
import { accounts } from '@/lib/account/accounts'
import { codecFor } from '@/lib/account/codecs/codec'
import { listActivity } from '@/lib/activity/activity'
import { authorize } from '@/lib/operation/authorize'
import { prepare } from '@/lib/operation/prepare'
import { settle } from '@/lib/operation/settle'
import { submitOperation } from '@/lib/operation/submitOperation'
import type { Call } from '@/lib/policy/call'
import type { SessionRow } from '@/lib/session/session'
import { sessions } from '@/lib/session/sessions'
import { sessionRow } from './sessionRow'
import {
  byPasskey,
  ether,
  fund,
  node,
  origin,
  shop,
  shopSpec,
  stackWallet,
  tokensOf,
  transfer,
  type StackWallet,
} from './stackWallet'

const codec = codecFor('latchkey')
let wallet: StackWallet

beforeAll(async () => {
  wallet = await stackWallet()
  await fund(wallet)
}, 60_000)
afterAll(() => wallet.stop(), 20_000)

async function storedSession(): Promise<SessionRow> {
  const [session] = await sessions.getAll(wallet.context.database)
  if (session === undefined) throw new Error('no session')
  return session
}

async function bySession(calls: readonly Call[]) {
  const { network, signHash: sign, context } = wallet
  return authorize(context, { network, session: await storedSession(), sign, calls, origin })
}

async function land(calls: readonly Call[]) {
  const result = await bySession(calls)
  if (!result.ok) throw new Error(result.reason)
  const { submission } = await submitOperation(wallet.context, result.row)
  expect(submission.outcome).toBe('accepted')
  return settle(wallet.context, result.row.id)
}

test('behavior: an unfunded account is estimated, and told what it needs', async () => {
  const { network, context, account } = wallet
  const prepared = await prepare(context, {
    account,
    network: { ...network, paymasterUrl: undefined },
    calls: [{ to: shop, value: 5n, data: '0x' }],
    signer: 'passkey',
  })
  expect(prepared.payer).toEqual({ kind: 'account' })
  expect(prepared.userOp.factory).toBe(network.deployment.factory)
  expect(prepared.balance).toBe(0n)
  expect(prepared.required).toBe(prepared.maxFee + 5n)
}, 20_000)

test('behavior: one operation deploys the account, creates the session and pays', async () => {
  const { network, context, account } = wallet
  const spec = shopSpec(wallet)
  const id = codec.sessionId(spec)
  const session = sessionRow({ id, spec, account: account.id as SessionRow['account'], status: 'pending' })
  const calls = [codec.createSession(network.deployment, spec), transfer(wallet, ether)]
  const created = await byPasskey(wallet, calls, 'create-session', session)
  expect(created).toMatchObject({ status: 'included', payer: { kind: 'sponsor', by: 'network' } })
  expect(await storedSession()).toMatchObject({ status: 'active', transactionHash: created.transactionHash })
  expect((await accounts.get(context.database, account.id))?.deployedOn).toEqual([network.chainId])
}, 20_000)

test('behavior: the session signs by itself, in parallel lanes, up to its limit', async () => {
  const first = await bySession([transfer(wallet, 2n * ether)])
  if (!first.ok) throw new Error(first.reason)
  await submitOperation(wallet.context, first.row)
  await submitOperation(wallet.context, first.row)
  expect(await settle(wallet.context, first.row.id)).toMatchObject({
    status: 'included',
    rejected: undefined,
  })
  const parallel = await Promise.all(
    [0, 1, 2].map(() => land([transfer(wallet, ether), transfer(wallet, ether)])),
  )
  expect(parallel.map(({ status }) => status)).toEqual(Array(3).fill('included'))
  expect(new Set(parallel.map(({ nonceKey }) => nonceKey)).size).toBe(3)
  expect((await storedSession()).usage['1.argument.1']?.used).toBe(8n * ether)
  expect(await tokensOf(wallet, shop)).toBe(9n * ether)

  expect(await bySession([transfer(wallet, 2n * ether), transfer(wallet, 1n)])).toMatchObject({
    reason: 'refused',
    refusal: { rule: 'AllowanceExceeded', call: 1, used: 10n * ether, amount: 1n },
  })
  expect(await bySession([transfer(wallet, 1n, wallet.account.address)])).toMatchObject({
    refusal: { rule: 'ConditionViolated' },
  })
}, 20_000)

test('behavior: the next day begins afresh when the chain is there', async () => {
  await land([transfer(wallet, 2n * ether)])
  expect(await bySession([transfer(wallet, 1n)])).toMatchObject({ refusal: { rule: 'AllowanceExceeded' } })
  const { network } = wallet
  const now = wallet.context.clock.now(network.chainId)
  await node(network, 'evm_setNextBlockTimestamp', [(Math.floor(now / 86_400) + 1) * 86_400 + 60])
  await node(network, 'evm_mine', [])
  await wallet.context.clock.refresh(network)
  expect((await land([transfer(wallet, 2n * ether)])).status).toBe('included')
  expect((await storedSession()).usage['1.argument.1']?.used).toBe(2n * ether)
}, 20_000)

test('behavior: without funds a transfer of value says what is missing; with them it lands', async () => {
  const tip: Call = { to: shop, value: 3n, data: '0x' }
  expect(await bySession([tip])).toMatchObject({ reason: 'needs-funds', balance: 0n, required: 3n })
  await node(wallet.network, 'anvil_setBalance', [wallet.account.address, '0x5'])
  expect((await land([tip])).status).toBe('included')
  expect(await bySession([tip])).toMatchObject({ refusal: { rule: 'LifetimeUsageExceeded', used: 3n } })
}, 20_000)

test('behavior: a sponsor that refuses is never replaced by charging the account', async () => {
  wallet.stack.pauseSponsor()
  await node(wallet.network, 'anvil_setBalance', [wallet.account.address, '0xde0b6b3a7640000'])
  const result = await bySession([transfer(wallet, 0n)])
  wallet.stack.resumeSponsor()
  expect(result).toMatchObject({ ok: false, reason: 'sponsor-refused' })
}, 20_000)

test('behavior: a revoked session is dead, also for a copy of its key', async () => {
  const { id } = await storedSession()
  const call = codec.revokeSessions(wallet.network.deployment, [id])
  expect((await byPasskey(wallet, [call], 'revoke', undefined, [id])).status).toBe('included')
  expect(await bySession([transfer(wallet, 0n)])).toMatchObject({
    refusal: { rule: 'SessionNotActive', status: 'closed' },
  })
  await sessions.put(wallet.context.database, { ...(await storedSession()), status: 'active' })
  await expect(bySession([transfer(wallet, 0n)])).rejects.toThrow('SessionNotActive()')
  const log = await listActivity(wallet.context.database, 20)
  expect(log.map(({ status }) => status)).toEqual(Array(9).fill('included'))
}, 20_000)
