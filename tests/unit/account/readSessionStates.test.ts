import { encodeFunctionData } from 'viem'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { codecFor } from '@/lib/account/codecs/codec'
import { readSessionStates } from '@/lib/account/readSessionStates'
import { ssoAccountAbi } from '@/lib/chains/abi/ssoAccount.gen'
import { authorize } from '@/lib/operation/authorize'
import { settle } from '@/lib/operation/settle'
import { submitOperation } from '@/lib/operation/submitOperation'
import type { SessionSpec } from '@/lib/policy/spec'
import { sessions } from '@/lib/session/sessions'
import { sessionRow } from '../operation/sessionRow'
import {
  byPasskey,
  ether,
  fund,
  origin,
  shop,
  shopSpec,
  stackWallet,
  transfer,
  type StackWallet,
} from '../operation/stackWallet'

const codec = codecFor('latchkey')
let wallet: StackWallet
let used: SessionSpec
let idle: SessionSpec
let foreign: SessionSpec

beforeAll(async () => {
  wallet = await stackWallet()
  await fund(wallet)
  const { network, context, account, signHash: sign } = wallet
  used = shopSpec(wallet)
  idle = { ...used, expiresAt: used.expiresAt + 1 }
  foreign = { ...used, expiresAt: used.expiresAt + 2 }
  const row = sessionRow({
    id: codec.sessionId(used),
    spec: used,
    account: account.address,
    status: 'pending',
  })
  const session = { ...row, account: account.id as typeof row.account }
  const calls = [used, idle].map((spec) => codec.createSession(network.deployment, spec))
  await byPasskey(wallet, calls, 'create-session', session)
  const active = (await sessions.get(context.database, session.id)) ?? session
  const request = { network, session: active, sign, calls: [transfer(wallet, 2n * ether)], origin }
  const signed = await authorize(context, request)
  if (!signed.ok) throw new Error(signed.reason)
  await submitOperation(context, signed.row)
  await settle(context, signed.row.id)
}, 60_000)
afterAll(() => wallet.stop(), 20_000)

const read = (...specs: SessionSpec[]) => readSessionStates(wallet.network, wallet.account.address, specs)

test('behavior: status and usage of several sessions come in one request', async () => {
  const fetching = vi.spyOn(globalThis, 'fetch')
  const states = await read(used, idle, foreign)
  expect(fetching).toHaveBeenCalledTimes(1)
  fetching.mockRestore()
  expect(states.map(({ status }) => status)).toEqual(['active', 'active', 'none'])
  expect(states[0]?.usage['1.argument.1']?.used).toBe(2n * ether)
  expect(states.slice(1).map(({ usage }) => usage)).toEqual([{}, {}])
})

test('behavior: a revoked session is closed, and so is every one of an epoch that is over', async () => {
  const { network, account } = wallet
  await byPasskey(wallet, [codec.revokeSessions(network.deployment, [codec.sessionId(used)])], 'revoke')
  expect((await read(used, idle)).map(({ status }) => status)).toEqual(['closed', 'active'])
  const data = encodeFunctionData({ abi: ssoAccountAbi, functionName: 'endSessions' })
  await byPasskey(wallet, [{ to: account.address, value: 0n, data }])
  expect((await read(used, idle, foreign)).map(({ status }) => status)).toEqual(['closed', 'closed', 'none'])
}, 20_000)

test('error: a node that does not answer, and one without the session module', async () => {
  const { network, account } = wallet
  const silent = { ...network, rpcUrl: 'http://127.0.0.1:1' }
  await expect(readSessionStates(silent, account.address, [used])).rejects.toMatchObject({ code: 4901 })
  const deployment = { ...network.deployment, sessionKeyValidator: shop }
  const empty = { ...network, deployment }
  await expect(readSessionStates(empty, account.address, [used])).rejects.toThrow('does not fit')
}, 20_000)
