import { encodeFunctionData, erc20Abi, numberToHex, parseEther, type Hex } from 'viem'
import { generatePrivateKey, privateKeyToAddress, sign } from 'viem/accounts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accounts } from '@/lib/account/accounts'
import { codecFor } from '@/lib/account/codecs/codec'
import { listActivity } from '@/lib/activity/activity'
import { latchkey } from '@/lib/chains/deployments/latchkey'
import type { Network } from '@/lib/chains/network'
import { addNetwork } from '@/lib/chains/networks'
import { probeNetwork } from '@/lib/chains/probeNetwork'
import { publicClient } from '@/lib/chains/publicClient'
import { authorize } from '@/lib/operation/authorize'
import { complete } from '@/lib/operation/complete'
import { freeze } from '@/lib/operation/freeze'
import { prepare } from '@/lib/operation/prepare'
import type { OperationRow } from '@/lib/operation/row'
import { settle } from '@/lib/operation/settle'
import { submitOperation } from '@/lib/operation/submitOperation'
import type { Call } from '@/lib/policy/call'
import { unlimited, type SessionSpec } from '@/lib/policy/spec'
import type { SessionRow } from '@/lib/session/session'
import { sessions } from '@/lib/session/sessions'
import { startStack, type Stack } from '../../../demo/stack/startStack.mjs'
import { accountOf, softPasskey } from './softPasskey'
import { testContext } from './testContext'

const origin = 'https://orchard.example'
const shop = '0x00000000000000000000000000000000000051a0'
const ether = parseEther('1')
const codec = codecFor('latchkey')
const owner = softPasskey()
const privateKey = generatePrivateKey()

let stack: Stack
let network: Network
let context: Awaited<ReturnType<typeof testContext>>

beforeAll(async () => {
  stack = await startStack({ dapp: false })
  const { rpcUrl, bundlerUrl, paymasterUrl } = stack.record
  network = await probeNetwork({ name: 'Test', rpcUrl, bundlerUrl, paymasterUrl })
  context = await testContext()
  await addNetwork(context.database, network)
  await accounts.put(context.database, accountOf(latchkey, owner.passkey))
}, 60_000)

afterAll(async () => {
  context.database.close()
  await stack.stop()
}, 20_000)

const account = () => accountOf(network.deployment, owner.passkey)
const sessionSigner = async (hash: Hex) => {
  const { r, s, yParity } = await sign({ hash, privateKey, to: 'object' })
  return { r, s, yParity: yParity ?? 0 }
}

function transfer(amount: bigint, to: Hex = shop): Call {
  const data = encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [to, amount] })
  return { to: stack.record.tokens.demoToken, value: 0n, data }
}

function spec(): SessionSpec {
  const lifetime = (limit: bigint) => ({ limitType: 'Lifetime', limit, period: 0 }) as const
  return {
    signer: privateKeyToAddress(privateKey),
    expiresAt: context.clock.now(network.chainId) + 86_400,
    feeLimit: lifetime(parseEther('0.01')),
    paymaster: { mode: 'Listed', paymaster: stack.record.demo.paymaster },
    transferPolicies: [],
    callPolicies: [
      {
        target: stack.record.tokens.demoToken,
        selector: '0xa9059cbb',
        maxValuePerUse: 0n,
        valueLimit: lifetime(0n),
        useLimit: unlimited,
        constraints: [
          {
            condition: 'Equal',
            index: 0,
            refValue: numberToHex(BigInt(shop), { size: 32 }),
            limit: unlimited,
          },
          {
            condition: 'LessOrEqual',
            index: 1,
            refValue: numberToHex(2n * ether, { size: 32 }),
            limit: { limitType: 'Allowance', limit: 10n * ether, period: 86_400 },
          },
        ],
      },
    ],
  }
}

async function faucet(): Promise<void> {
  const data = encodeFunctionData({
    abi: [
      {
        type: 'function',
        name: 'faucet',
        inputs: [{ type: 'address', name: 'to' }],
        outputs: [],
        stateMutability: 'nonpayable',
      },
    ],
    args: [account().address],
  })
  await publicClient(network).request({
    method: 'eth_sendTransaction' as never,
    params: [{ from: stack.record.funder.address, to: stack.record.tokens.demoToken, data }] as never,
  })
}

async function byPasskey(
  calls: readonly Call[],
  purpose: OperationRow['purpose'],
  sessionIds: readonly Hex[],
  row?: SessionRow,
): Promise<OperationRow> {
  const prepared = await prepare(context, { account: account(), network, calls, signer: 'passkey' })
  expect(prepared.payer.kind).toBe('sponsor')
  const frozen = await freeze(context, { prepared, origin, purpose, sessionIds })
  const signed = await complete(context, {
    operationId: frozen.operationId,
    credentialId: owner.passkey.credentialId,
    answer: owner.assert(frozen.challenge),
    within: {
      stores: ['sessions'],
      run: async (transaction) => {
        if (row !== undefined) await sessions.put(transaction, row)
      },
    },
  })
  const { submission } = await submitOperation(context, signed)
  expect(submission).toMatchObject({ outcome: 'accepted' })
  return settle(context, signed.id)
}

async function storedSession(): Promise<SessionRow> {
  const [session] = await sessions.getAll(context.database)
  if (session === undefined) throw new Error('no session')
  return session
}

test('behavior: an unfunded account is estimated, and told what it needs', async () => {
  const bare: Network = { ...network, paymasterUrl: undefined }
  const prepared = await prepare(context, {
    account: account(),
    network: bare,
    calls: [{ to: shop, value: 5n, data: '0x' }],
    signer: 'passkey',
  })
  expect(prepared.payer).toEqual({ kind: 'account' })
  expect(prepared.userOp.factory).toBe(network.deployment.factory)
  expect(prepared.balance).toBe(0n)
  expect(prepared.required).toBe(prepared.maxFee + 5n)
  expect(prepared.userOp.callGasLimit).toBeGreaterThan(0n)
}, 20_000)

test('behavior: deploys, creates a session, auto-signs, refuses, revokes', async () => {
  await context.clock.refresh(network)
  await faucet()
  const terms = spec()
  const id = codec.sessionId(terms)
  const session: SessionRow = {
    id,
    origin,
    metadata: {},
    account: account().id as Hex,
    chainId: network.chainId,
    spec: terms,
    status: 'pending',
    usage: {},
    createdAt: Date.now(),
    operationId: null,
    ephemeral: false,
    functions: {},
  }
  const created = await byPasskey(
    [codec.createSession(network.deployment, terms), transfer(ether)],
    'create-session',
    [id],
    session,
  )
  expect(created.error).toBeUndefined()
  expect(created.status).toBe('included')
  expect((await storedSession()).status).toBe('active')
  expect((await accounts.get(context.database, account().id))?.deployedOn).toEqual([network.chainId])

  const request = async (calls: readonly Call[]) => ({
    network,
    session: await storedSession(),
    sign: sessionSigner,
    calls,
    origin,
  })
  const first = await authorize(context, await request([transfer(2n * ether)]))
  if (!first.ok) throw new Error(JSON.stringify(first))
  expect((await submitOperation(context, first.row)).submission.outcome).toBe('accepted')
  const again = await submitOperation(context, first.row)
  expect(['known', 'rejected', 'accepted']).toContain(again.submission.outcome)
  const used = await settle(context, first.row.id)
  expect(used.status).toBe('included')
  expect((await storedSession()).usage['0.argument.1']?.used).toBe(2n * ether)

  // Four in parallel, in four lanes; together they fill the day's allowance.
  const many = await Promise.all(
    [0, 1, 2, 3].map(async () => authorize(context, await request([transfer(2n * ether)]))),
  )
  const rows = many.flatMap((result) => (result.ok ? [result.row] : []))
  expect(rows).toHaveLength(4)
  expect(new Set(rows.map(({ nonceKey }) => nonceKey)).size).toBe(4)
  const settled = await Promise.all(
    rows.map(async (row) => {
      await submitOperation(context, row)
      return settle(context, row.id)
    }),
  )
  expect(settled.map(({ status }) => status)).toEqual(Array(4).fill('included'))
  const { demoToken } = stack.record.tokens
  const paid = await publicClient(network).readContract({
    address: demoToken,
    abi: erc20Abi,
    functionName: 'balanceOf',
    args: [shop],
  })
  expect(paid).toBe(11n * ether)

  const tooMuch = await authorize(context, await request([transfer(1n)]))
  expect(tooMuch).toMatchObject({ ok: false, reason: 'refused', refusal: { rule: 'AllowanceExceeded' } })
  const elsewhere = await authorize(context, await request([transfer(1n, account().address)]))
  expect(elsewhere).toMatchObject({ ok: false, refusal: { rule: 'ConditionViolated' } })

  const beforeRevocation = await request([transfer(0n)])
  const revoked = await byPasskey([codec.revokeSessions(network.deployment, [id])], 'revoke', [id])
  expect(revoked.status).toBe('included')
  expect((await storedSession()).status).toBe('closed')
  expect(await authorize(context, { ...beforeRevocation })).toMatchObject({
    ok: false,
    refusal: { rule: 'SessionNotActive', status: 'closed' },
  })

  // A copied key is useless too: the chain refuses what this wallet would not sign any more.
  await sessions.put(context.database, { ...(await storedSession()), status: 'active' })
  await expect(authorize(context, await request([transfer(0n)]))).rejects.toThrow(/AA23|refused|cannot take/)

  const log = await listActivity(context.database, 10)
  expect(log.map(({ status }) => status)).toEqual(Array(7).fill('included'))
}, 40_000)

test('behavior: a sponsor that refuses is never replaced by charging the account', async () => {
  await sessions.put(context.database, { ...(await storedSession()), status: 'active', usage: {} })
  stack.pauseSponsor()
  const result = await authorize(context, {
    network,
    session: await storedSession(),
    sign: sessionSigner,
    calls: [transfer(0n)],
    origin,
  })
  stack.resumeSponsor()
  expect(result).toMatchObject({ ok: false, reason: 'sponsor-refused' })
}, 20_000)
