import { afterEach, beforeEach, expect, test } from 'vitest'
import { isErc6492Signature, parseErc6492Signature, stringToHex, type Hex } from 'viem'
import { createSiweMessage } from 'viem/siwe'
import { codecFor } from '@/lib/account/codecs/codec'
import type { SignedMessage } from '@/lib/account/signedMessage'
import { listActivity } from '@/lib/activity/activity'
import { latchkey } from '@/lib/chains/deployments/latchkey'
import { fromWire, type Wire } from '@/lib/messaging/wire'
import type { Ceremony, Commands } from '@/lib/messaging/popup'
import { handleCommand } from '@/lib/rpc/commandRouter'
import { disconnectSite } from '@/lib/rpc/disconnectSite'
import { handleRequest, kindOf } from '@/lib/rpc/router'
import { operations } from '@/lib/operation/row'
import { fakeChain, type FakeChain } from '../operation/fakeChain'
import { softPasskey } from '../operation/softPasskey'
import {
  callerOf,
  connected,
  failure,
  prf,
  shop,
  testRpc,
  waiting,
  withSession,
  type TestRpc,
} from './testRpc'

let chain: FakeChain
beforeEach(async () => {
  chain = await fakeChain()
})
afterEach(() => chain.close())

async function command<name extends keyof Commands>(context: TestRpc, name: name, input: Commands[name][0]) {
  const answer = await handleCommand(context, { type: 'latchkey:command', name, input })
  return answer.ok ? fromWire<Commands[name][1]>(answer.output as Wire) : answer.error
}

async function site() {
  const context = await testRpc()
  const { account, owner } = await connected(context, chain)
  const ask = (method: string, params: unknown, caller = callerOf()) =>
    handleRequest(context, caller, method, params) as Promise<Hex>
  /** Asks, and answers as the owner does. */
  async function sign(method: string, params: unknown) {
    const answer = ask(method, params)
    answer.catch(() => undefined)
    await waiting(context)
    const id = context.approvals.open()[0]?.id ?? ''
    const shown = context.approvals.open()[0]?.request
    const ceremony = (await command(context, 'approvalStart', { id })) as Ceremony
    const assertion = { credentialId: owner.passkey.credentialId, ...owner.assert(ceremony.challenge), prf }
    expect(await command(context, 'approvalFinish', { id, assertion })).toBeNull()
    return { signature: await answer, shown, ceremony }
  }
  return { context, account, owner, ask, sign }
}

const codec = codecFor('latchkey')
const hello = stringToHex('hello')
const typedData = {
  domain: { name: 'Shop', chainId: 31337, verifyingContract: shop },
  primaryType: 'Vote',
  types: { Vote: [{ name: 'choice', type: 'uint8' }] },
  message: { choice: 2 },
}
const challengeOf = (message: SignedMessage, address: Hex, deadline = 0) =>
  codec.passkeyChallenge(codec.messageHash(message, address, 31337), deadline)
const deadlineIn = (signature: Hex) => Number(`0x${signature.slice(2 + 256, 2 + 268)}`)

test.each([
  ['hex', (a: string) => [hello, a]],
  ['text', (a: string) => ['hello', a]],
  ['address first', (a: string) => [a, 'hello']],
  ['three params, as web3.js sends', (a: string) => [hello, a, '']],
  ['an address in capitals', (a: string) => [hello, `0x${a.slice(2).toUpperCase()}`]],
])('param: personal_sign, %s', async (_, params) => {
  const { account, sign } = await site()
  const { shown, ceremony, signature } = await sign('personal_sign', params(account.address))
  expect(shown).toEqual({ kind: 'message', message: hello })
  expect(ceremony.challenge).toBe(challengeOf({ kind: 'personal', message: hello }, account.address))
  expect(deadlineIn(signature)).toBe(0)
  expect(isErc6492Signature(signature)).toBe(false)
})

test('param: an address that is signed as a text is the first of two', async () => {
  const { account, sign } = await site()
  expect((await sign('personal_sign', [shop, account.address])).shown).toEqual({
    kind: 'message',
    message: shop,
  })
})

test.each(['eth_signTypedData_v4', 'eth_signTypedData_v3'])(
  'param: %s takes an object or its JSON',
  async (method) => {
    const { account, sign, context } = await site()
    const { shown, ceremony } = await sign(method, [account.address, JSON.stringify(typedData)])
    expect((await sign(method, [account.address.toLowerCase(), typedData])).shown).toEqual(shown)
    expect(shown).toMatchObject({ kind: 'typed-data', typedData: { message: { choice: 2n } } })
    if (shown?.kind !== 'typed-data') throw new Error('shown')
    const message = { kind: 'typed', typedData: shown.typedData } as const
    expect(ceremony.challenge).toBe(challengeOf(message, account.address))
    expect(context.approvals.open()).toEqual([])
  },
)

test('behavior: the account has no code yet: the signature is wrapped with its factory', async () => {
  chain.state.code = '0x'
  const { account, sign } = await site()
  const { signature, ceremony } = await sign('personal_sign', ['hello', account.address])
  expect(ceremony.credentialIds).toEqual([account.passkeys[0].credentialId])
  const { address, data } = parseErc6492Signature(signature)
  expect(address).toBe(account.factory)
  expect(data).toBe(
    codec.initCode({ deployment: latchkey, passkey: account.passkeys[0], index: account.index }).factoryData,
  )
})

test('behavior: a login’s signature ends with the login', async () => {
  const { account, sign } = await site()
  const expirationTime = new Date('2030-01-01T00:00:00Z')
  const login = createSiweMessage({
    domain: 'orchard.example',
    address: account.address,
    uri: 'https://orchard.example',
    version: '1',
    chainId: 31337,
    nonce: 'abcdef123456',
    expirationTime,
  })
  const { signature } = await sign('personal_sign', [login, account.address])
  expect(deadlineIn(signature)).toBe(expirationTime.getTime() / 1000)
})

test('behavior: what was signed is in the activity list, and no operation is', async () => {
  const { account, sign, context } = await site()
  await sign('personal_sign', ['hello\nworld', account.address])
  await sign('eth_signTypedData_v4', [account.address, typedData])
  const [{ credentialId }] = account.passkeys
  expect(await listActivity(context.database, 5)).toMatchObject([
    { purpose: 'message', excerpt: 'Shop: Vote', passkey: credentialId, status: 'final', calls: [] },
    { purpose: 'message', excerpt: 'hello', origin: 'https://orchard.example' },
  ])
  expect(await operations.getAll(context.database)).toEqual([])
})

test('behavior: an open session signs no message: the owner is asked', async () => {
  const { context, account, ask } = await site()
  await withSession(context, account)
  const answer = ask('personal_sign', ['hello', account.address])
  answer.catch(() => undefined)
  await waiting(context)
  expect(context.approvals.open()).toMatchObject([{ request: { kind: 'message' } }])
})

test('behavior: the same request run again gets the same signature, and asks once', async () => {
  const { context, account, owner, ask } = await site()
  const caller = callerOf()
  const answer = ask('personal_sign', ['hello', account.address], caller)
  await waiting(context)
  const id = context.approvals.open()[0]?.id ?? ''
  const { challenge } = (await command(context, 'approvalStart', { id })) as Ceremony
  const assertion = { credentialId: owner.passkey.credentialId, ...owner.assert(challenge), prf }
  await command(context, 'approvalFinish', { id, assertion })
  expect(await ask('personal_sign', ['hello', account.address], caller)).toBe(await answer)
  expect(context.approvals.open()).toEqual([])
})

test('error: an assertion over something else signs nothing, and the message stays open', async () => {
  const { context, account, owner, ask } = await site()
  ask('personal_sign', ['hello', account.address]).catch(() => undefined)
  await waiting(context)
  const id = context.approvals.open()[0]?.id ?? ''
  await command(context, 'approvalStart', { id })
  const { credentialId } = owner.passkey
  const wrong = challengeOf({ kind: 'personal', message: stringToHex('other') }, account.address)
  const finish = (assertion: Commands['approvalFinish'][0]['assertion']) =>
    command(context, 'approvalFinish', { id, assertion })
  expect(await finish({ credentialId, ...owner.assert(wrong), prf })).toHaveProperty('message')
  const { challenge } = (await command(context, 'approvalStart', { id })) as Ceremony
  const stranger = softPasskey()
  expect(
    await finish({ credentialId: stranger.passkey.credentialId, ...stranger.assert(challenge), prf }),
  ).toHaveProperty('message')
  expect(context.approvals.open()).toMatchObject([{ id }])
  expect(await listActivity(context.database, 5)).toEqual([])
})

test('error: a rejection, and a disconnect, are 4001', async () => {
  const { context, account, ask } = await site()
  const rejected = failure(ask('personal_sign', ['hello', account.address]))
  await waiting(context)
  await command(context, 'approvalReject', { id: context.approvals.open()[0]?.id ?? '' })
  expect(await rejected).toMatchObject({ code: 4001 })
  const ended = failure(ask('eth_signTypedData_v4', [account.address, typedData]))
  await waiting(context)
  await disconnectSite(context, 'https://orchard.example')
  expect(await ended).toMatchObject({ code: 4001 })
})

test('error: a stranger’s account is 4100, a site that is not connected too', async () => {
  const { context, account, ask } = await site()
  expect(await failure(ask('personal_sign', ['hello', shop]))).toMatchObject({ code: 4100 })
  expect(await failure(ask('eth_signTypedData_v4', [shop, typedData]))).toMatchObject({ code: 4100 })
  const stranger = callerOf({ origin: 'https://other.example' })
  expect(await failure(ask('personal_sign', ['hello', account.address], stranger))).toMatchObject({
    code: 4100,
  })
  expect(context.approvals.open()).toEqual([])
})

test.each([
  ['personal_sign', () => ['hello'], 'must have a message and an address'],
  ['personal_sign', () => ['hello', 'world'], 'must hold the account'],
  ['personal_sign', (a: string) => [{ a: 1 }, a], 'must be text or hex'],
  ['personal_sign', (a: string) => ['x'.repeat(100_001), a], 'over 100,000 characters'],
  ['eth_signTypedData_v4', (a: string) => [a, '{'], 'must be JSON'],
  ['eth_signTypedData_v4', (a: string) => [a, { ...typedData, message: {} }], 'message.choice is missing'],
  [
    'eth_signTypedData_v4',
    (a: string) => [a, withDomain({ chainId: 1 })],
    'is for chain 1, this site is on 31337',
  ],
  ['eth_signTypedData_v4', (a: string) => [a, withDomain({ chainId: '0x1' })], 'is for chain 1'],
  ['eth_signTypedData_v4', (a: string) => [a, withDomain({ verifyingContract: a })], 'guards your account'],
  [
    'eth_signTypedData_v4',
    (a: string) => [a, withDomain({ verifyingContract: latchkey.entryPoint })],
    'guards your',
  ],
  [
    'eth_signTypedData_v4',
    (a: string) => [a, { ...typedData, primaryType: 'vote', types: { vote: typedData.types.Vote } }],
    'small letter',
  ],
] as const)('error: %s %# is -32602, and says why', async (method, params, message) => {
  const { context, account, ask } = await site()
  const error = await failure(ask(method, params(account.address)))
  expect(error.code).toBe(-32602)
  expect(error.message).toContain(message)
  expect(context.approvals.open()).toEqual([])
})

function withDomain(change: object) {
  return { ...typedData, domain: { ...typedData.domain, ...change } }
}

test.each([
  ['eth_sign', 4200, 'personal_sign'],
  ['eth_signTypedData', 4200, 'eth_signTypedData_v4'],
  ['eth_signTransaction', 4200, 'wallet_sendCalls'],
  ['eth_sendRawTransaction', 4200, 'eth_sendTransaction'],
  ['wallet_sendTransaction', -32601, 'no method'],
  ['wallet_requestExecutionPermissions', 4200, 'session'],
  ['wallet_revokeExecutionPermission', 4200, 'wallet_revokeSession'],
])('error: %s is %d, and says what to use', async (method, code, message) => {
  const { ask } = await site()
  expect(await failure(ask(method, [{}]))).toMatchObject({ code, message: expect.stringContaining(message) })
})

test('behavior: no execution permission is supported or granted, and signatures outlive the worker', async () => {
  const { ask } = await site()
  expect(await ask('wallet_getSupportedExecutionPermissions', [])).toEqual({})
  expect(await ask('wallet_getGrantedExecutionPermissions', [])).toEqual([])
  expect([kindOf('personal_sign'), kindOf('eth_signTypedData_v4')]).toEqual(['ask', 'ask'])
})
