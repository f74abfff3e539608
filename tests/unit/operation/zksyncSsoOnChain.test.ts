import { hashMessage, parseAbi, toHex, type Hex } from 'viem'
import { generatePrivateKey, privateKeyToAddress, sign } from 'viem/accounts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accounts } from '@/lib/account/accounts'
import { codecFor } from '@/lib/account/codecs/codec'
import { parsePasskeySignature } from '@/lib/account/passkeySignature'
import { readAccountAddress } from '@/lib/account/readAccountAddress'
import { readSessionStates } from '@/lib/account/readSessionStates'
import { publicClient } from '@/lib/chains/publicClient'
import { authorize } from '@/lib/operation/authorize'
import { settle } from '@/lib/operation/settle'
import { submitOperation } from '@/lib/operation/submitOperation'
import type { Call } from '@/lib/policy/call'
import type { SessionSpec } from '@/lib/policy/spec'
import type { SessionRow } from '@/lib/session/session'
import { sessions } from '@/lib/session/sessions'
import { deployZksyncSso } from '../../../demo/stack/zksyncSso/deployZksyncSso.mjs'
import { sessionRow } from './sessionRow'
import { softPasskey } from './softPasskey'
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

/** Against a double of the public contracts on the embedded chain: the real EntryPoint and bundler, not the real contracts. */
const codec = codecFor('zksync-sso')
let wallet: StackWallet

beforeAll(async () => {
  wallet = await stackWallet(({ record }) => deployZksyncSso(record.rpcUrl, record.contracts.entryPoint))
  await fund(wallet)
}, 90_000)
afterAll(() => wallet.stop(), 20_000)

/** As `shopSpec`, with a use count that the chain does not know. */
const spec = (): SessionSpec => {
  const base = shopSpec(wallet)
  const useLimit = { limitType: 'Lifetime', limit: 3n, period: 0 } as const
  return { ...base, transferPolicies: base.transferPolicies.map((policy) => ({ ...policy, useLimit })) }
}

async function creation(own: SessionSpec): Promise<Call> {
  const hash = codec.sessionProofHash(own, wallet.account.address)
  return codec.createSession(wallet.network.deployment, own, await wallet.signHash(hash))
}

async function storedSession(): Promise<SessionRow> {
  const [session] = await sessions.getAll(wallet.context.database)
  if (session === undefined) throw new Error('no session')
  return session
}

async function bySession(calls: readonly Call[]) {
  const { network, signHash, context } = wallet
  return authorize(context, { network, session: await storedSession(), sign: signHash, calls, origin })
}

async function land(calls: readonly Call[]) {
  const result = await bySession(calls)
  if (!result.ok) throw new Error(JSON.stringify(result, (_, value) => String(value)))
  const { submission } = await submitOperation(wallet.context, result.row)
  expect(submission.outcome).toBe('accepted')
  return settle(wallet.context, result.row.id)
}

async function onChain() {
  const { network, account } = wallet
  const [state] = await readSessionStates(network, account.address, [(await storedSession()).spec])
  return state
}

test('behavior: the chain finds the address that was computed', async () => {
  const { network, account, owner } = wallet
  const published = { ...network.deployment, proxyCreationCode: undefined } as typeof network.deployment
  const asked = { ...network, deployment: published }
  const key = { passkey: owner.passkey, index: 0n }
  expect(await readAccountAddress(network, key)).toBe(account.address)
  expect(await readAccountAddress(asked, key)).toBe(account.address)
  expect(await readAccountAddress(asked, { ...key, index: 1n })).not.toBe(account.address)
}, 20_000)

test('behavior: one operation deploys the account, creates the session and pays', async () => {
  const own = spec()
  const id = codec.sessionId(own)
  const account = wallet.account.id as SessionRow['account']
  const session = sessionRow({ id, spec: own, account, status: 'pending' })
  const created = await byPasskey(
    wallet,
    [await creation(own), transfer(wallet, ether)],
    'create-session',
    session,
  )
  expect(created).toMatchObject({ status: 'included', payer: { kind: 'sponsor' } })
  expect(await storedSession()).toMatchObject({ status: 'active' })
  expect(await onChain()).toEqual({ status: 'active', usage: {} })
  expect(await tokensOf(wallet, shop)).toBe(ether)
}, 30_000)

test('behavior: the session signs within its limits, one call at a time and one after the other', async () => {
  const landed = await Promise.all([0, 1, 2].map(() => land([transfer(wallet, 2n * ether)])))
  expect(landed.map(({ status }) => status)).toEqual(Array(3).fill('included'))
  expect(new Set(landed.map(({ nonceKey }) => nonceKey))).toEqual(new Set([BigInt(wallet.signer)]))
  expect((await onChain())?.usage['1.argument.1']?.used).toBe(6n * ether)
  expect(await bySession([transfer(wallet, 1n), transfer(wallet, 1n)])).toMatchObject({
    refusal: { rule: 'TooManyCalls', maximum: 1 },
  })
  expect(await bySession([transfer(wallet, 3n * ether)])).toMatchObject({
    refusal: { rule: 'ConditionViolated' },
  })
  await land([transfer(wallet, 2n * ether)])
  await land([transfer(wallet, 2n * ether)])
  expect(await bySession([transfer(wallet, 1n)])).toMatchObject({
    refusal: { rule: 'AllowanceExceeded', used: 10n * ether },
  })
}, 60_000)

test('behavior: what the wallet refuses, the chain refuses under the same name', async () => {
  const { context } = wallet
  const stored = await storedSession()
  // A wallet that has forgotten what was used.
  await sessions.put(context.database, { ...stored, usage: {} })
  await expect(bySession([transfer(wallet, 1n)])).rejects.toThrow('AllowanceExceeded')
  await sessions.put(context.database, stored)
}, 20_000)

test('behavior: the next day begins afresh, a second late', async () => {
  const { network, context } = wallet
  const midnight = (Math.floor(context.clock.now(network.chainId) / 86_400) + 1) * 86_400
  await node(network, 'evm_setNextBlockTimestamp', [midnight + 60])
  await node(network, 'evm_mine', [])
  await context.clock.refresh(network)
  expect((await land([transfer(wallet, 2n * ether)])).status).toBe('included')
  expect((await onChain())?.usage['1.argument.1']).toEqual({ used: 2n * ether, period: midnight / 86_400 })
}, 20_000)

test('behavior: without a sponsor the chain counts the fee, and never more than the wallet does', async () => {
  const { network, account, context } = wallet
  await node(network, 'anvil_setBalance', [account.address, toHex(ether)])
  const tip: Call = { to: shop, value: 1n, data: '0x' }
  const stored = await storedSession()
  // The chain does not know which sponsor was allowed.
  await sessions.put(context.database, { ...stored, spec: { ...stored.spec, paymaster: { mode: 'None' } } })
  expect((await land([tip])).payer).toEqual({ kind: 'account' })
  const counted = (await storedSession()).usage.fee?.used ?? 0n
  const charged = (await onChain())?.usage.fee?.used ?? 0n
  expect(charged).toBeGreaterThan(0n)
  expect(charged).toBeLessThanOrEqual(counted)
  await land([tip])
  await land([tip])
  expect(await bySession([tip])).toMatchObject({
    refusal: { rule: 'LifetimeUsageExceeded', subject: { kind: 'uses' } },
  })
}, 30_000)

test('error: a session whose key cannot prove itself, and one of a key that was used before', async () => {
  const { network, account } = wallet
  const own = { ...spec(), signer: privateKeyToAddress(generatePrivateKey()).toLowerCase() as Hex }
  const hash = codec.sessionProofHash(own, account.address)
  const stranger = await sign({ hash, privateKey: generatePrivateKey(), to: 'object' })
  const proof = { r: stranger.r, s: stranger.s, yParity: stranger.yParity ?? 0 }
  await expect(byPasskey(wallet, [codec.createSession(network.deployment, own, proof)])).rejects.toThrow(
    'InvalidSigner',
  )
  const again = { ...spec(), expiresAt: spec().expiresAt + 5 }
  await expect(byPasskey(wallet, [await creation(again)])).rejects.toThrow('SignerAlreadyUsed')
}, 20_000)

test('behavior: a message signed by the owner holds on chain', async () => {
  const { network, account, owner } = wallet
  const message = { kind: 'personal', message: toHex('Hello') } as const
  const hash = codec.messageHash(message, account.address, network.chainId)
  const parts = parsePasskeySignature(owner.assert(hash), hash, owner.passkey.origin)
  const own = codec.passkeySignature(parts, owner.passkey, 0, network.deployment)
  const answer = await publicClient(network).readContract({
    address: account.address,
    abi: parseAbi(['function isValidSignature(bytes32 hash, bytes signature) view returns (bytes4)']),
    functionName: 'isValidSignature',
    args: [hashMessage({ raw: message.message }), codec.messageSignature(message, own)],
  })
  expect(answer).toBe('0x1626ba7e')
}, 20_000)

test('behavior: a second passkey owns the account, and signs for it', async () => {
  const { network, account, context } = wallet
  const second = softPasskey()
  const added = codec.addPasskey(network.deployment, account.address, second.passkey)
  expect((await byPasskey(wallet, [added])).status).toBe('included')
  const both = {
    ...account,
    passkeys: [account.passkeys[0], { ...second.passkey, addedOn: [network.chainId] }],
  } as const
  await accounts.put(context.database, both)
  const row = await byPasskey({ ...wallet, account: both, owner: second }, [
    { to: shop, value: 0n, data: '0x' },
  ])
  expect(row.status).toBe('included')
}, 20_000)

test('behavior: a revoked session is dead, also for a copy of its key', async () => {
  const { id } = await storedSession()
  const call = codec.revokeSessions(wallet.network.deployment, [id])
  expect((await byPasskey(wallet, [call], 'revoke', undefined, [id])).status).toBe('included')
  expect(await bySession([transfer(wallet, 0n)])).toMatchObject({
    refusal: { rule: 'SessionNotActive', status: 'closed' },
  })
  expect(await onChain()).toMatchObject({ status: 'closed' })
  await sessions.put(wallet.context.database, { ...(await storedSession()), status: 'active' })
  await expect(bySession([transfer(wallet, 0n)])).rejects.toThrow('SessionNotActive()')
}, 20_000)
