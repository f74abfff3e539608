import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseEther } from 'viem'
import { putToken } from '@/lib/assets/tokens'
import { endApproval } from '@/lib/rpc/endApproval'
import { permissionPreferences, type GrantRequest } from '@/lib/rpc/permissionPreferences'
import { grantSchema } from '@/lib/rpc/grantSchema'
import { parseParams } from '@/lib/rpc/parseParams'
import { handleRequest } from '@/lib/rpc/router'
import { sessions } from '@/lib/session/sessions'
import { codecFor } from '@/lib/account/codecs/codec'
import { sessionRow } from '../operation/sessionRow'
import { fakeChain, type FakeChain } from '../operation/fakeChain'
import { callerOf, connected, failure, shop, testRpc, waiting } from './testRpc'

let chain: FakeChain
beforeEach(async () => {
  chain = await fakeChain()
  chain.state.latest = { number: 100n, timestamp: Math.floor(Date.now() / 1000) }
})
afterEach(() => chain.close())

const token = '0x00000000000000000000000000000000000000a1'
const expiry = Math.floor(Date.now() / 1000) + 3600
const allowance = { type: 'token-allowance', data: { allowance: '0xa' } }
const erc20 = {
  type: 'erc20-token-transfer',
  data: { address: token, ticker: 'DEMO' },
  policies: [allowance],
  required: true,
}
const map = (permissions: object[], more: object = {}) =>
  permissionPreferences(parseParams('x', grantSchema, { expiry, permissions, ...more }) as GrantRequest)

test('param: every permission that maps, and its policies', () => {
  const { preferences, granted } = map([
    erc20,
    {
      type: 'native-token-transfer',
      data: { to: shop },
      policies: [
        { type: 'token-allowance', data: { allowance: '5' } },
        { type: 'call-limit', data: { count: 3 } },
      ],
    },
    {
      type: 'contract-call',
      data: { address: shop, calls: ['plant(uint256 plot)', 'water(uint256)'] },
      policies: [
        { type: 'rate-limit', data: { count: 20, interval: 3600 } },
        { type: 'gas-limit', data: { limit: '0x64' } },
      ],
    },
  ])
  expect(granted).toHaveLength(3)
  const useLimit = { limit: '0x14', period: '0xe10' }
  expect(preferences).toMatchObject({
    expiry: `0x${expiry.toString(16)}`,
    feeLimit: '0x64',
    transfers: [{ valueLimit: '0x5', useLimit: { limit: '0x3' } }],
    callPolicies: [
      {
        function: 'transfer(address to, uint256 amount)',
        constraints: [{ index: 1, limit: { limit: '0xa' } }],
      },
      { function: 'plant(uint256 plot)', useLimit },
      { function: 'water(uint256)', useLimit },
    ],
  })
})

test('param: an expiry in milliseconds is read as such; an allowance may stand in the data', () => {
  const inData = { type: 'erc20-token-transfer', data: { address: token, allowance: '0xa' } }
  expect(map([inData], { expiry: expiry * 1000 }).preferences).toMatchObject({
    expiry: `0x${expiry.toString(16)}`,
  })
})

test('behavior: what does not map and is not required is left out', () => {
  const odd = { type: 'erc721-token-transfer', data: { address: token }, required: false }
  expect(map([odd, erc20]).granted).toMatchObject([{ type: 'erc20-token-transfer' }])
})

test.each([
  [[{ ...erc20, policies: [] }], {}, 'needs the token as'],
  [
    [{ ...erc20, policies: [allowance, { type: 'moon-phase', data: {} }] }],
    {},
    '"moon-phase" has no counterpart',
  ],
  [[{ ...erc20, policies: [allowance, allowance] }], {}, 'one allowance'],
  [
    [{ type: 'native-token-transfer', data: { ticker: 'ETH' }, policies: [allowance] }],
    {},
    'names no recipient',
  ],
  [[{ type: 'native-token-transfer', data: { to: shop } }], {}, 'no token-allowance'],
  [[{ type: 'contract-call', data: { address: shop } }], {}, 'in `data.calls`'],
  [[{ type: 'erc721-token-transfer', required: false }], {}, '"erc721-token-transfer" has no counterpart'],
  [[erc20], { signer: { type: 'key', data: { id: 'did:key:x' } } }, 'signer of the type "key"'],
  [[erc20], { signer: { type: 'account', data: { id: shop } } }, 'Use {type: "wallet"}'],
])('error: %# is 5700, with the reason', (permissions, more, reason) => {
  expect(() => map(permissions, more)).toThrow(
    expect.objectContaining({ code: 5700, message: expect.stringContaining(reason) }),
  )
})

test('behavior: the owner is asked for the session, and the answer names what was granted', async () => {
  const context = await testRpc()
  await putToken(context.database, { chainId: 31337, address: token, symbol: 'DEMO', decimals: 18 })
  const { account } = await connected(context, chain)
  const request = { expiry, permissions: [erc20], signer: { type: 'wallet' } }
  const granting = handleRequest(context, callerOf(), 'wallet_grantPermissions', [request])
  await waiting(context)
  const [approval] = context.approvals.open()
  if (approval?.request.kind !== 'session') throw new Error('no session asked')
  const { spec } = approval.request
  expect(spec).toMatchObject({ expiresAt: expiry, callPolicies: [{ selector: '0xa9059cbb' }] })
  const id = codecFor('latchkey').sessionId(spec)
  await sessions.put(context.database, sessionRow({ id, account: account.id as `0x${string}`, spec }))
  await endApproval(context, approval.id, { kind: 'approved', operationId: null })
  expect(await granting).toMatchObject({
    permissionsContext: id,
    expiry,
    grantedPermissions: [{ type: 'erc20-token-transfer' }],
    sessions: [{ id, status: 'active' }],
  })
})

test('behavior: sessions with wallet_sendCalls ask first, then the calls go under them', async () => {
  const context = await testRpc()
  const { account } = await connected(context, chain)
  const calls = { chainId: '0x7a69', calls: [{ to: shop, value: '0x1' }] }
  const sessionsWanted = {
    transfers: [{ to: shop, maxValuePerUse: '0xa', valueLimit: '0xa' }],
    feeLimit: `0x${parseEther('1').toString(16)}`,
  }
  const sending = handleRequest(context, callerOf(), 'wallet_sendCalls', [
    { ...calls, capabilities: { sessions: { ...sessionsWanted, optional: true } } },
  ])
  await waiting(context)
  const [approval] = context.approvals.open()
  if (approval?.request.kind !== 'session') throw new Error('no session asked')
  const { spec } = approval.request
  const id = codecFor('latchkey').sessionId(spec)
  await sessions.put(
    context.database,
    sessionRow({ id, account: account.id as `0x${string}`, spec, ephemeral: true }),
  )
  await context.memory.set(
    `session-key:${id}`,
    context.memory.content.get(`session-key:${spec.signer.toLowerCase()}`),
  )
  await endApproval(context, approval.id, { kind: 'approved', operationId: null })
  expect(await sending).toMatchObject({ id: expect.any(String), capabilities: { sessions: [{ id }] } })
  expect(context.approvals.open()).toEqual([])
  expect(chain.sent).toHaveLength(1)
})

test('error: rejecting the session rejects the calls, and other chains and accounts are refused', async () => {
  const context = await testRpc()
  await connected(context, chain)
  const ask = (method: string, params: object) => handleRequest(context, callerOf(), method, [params])
  const wish = { transfers: [{ to: shop, valueLimit: '0xa' }] }
  const sending = failure(
    ask('wallet_sendCalls', { chainId: '0x7a69', calls: [{ to: shop }], capabilities: { sessions: wish } }),
  )
  await waiting(context)
  await endApproval(context, context.approvals.open()[0]?.id ?? '', { kind: 'rejected' })
  expect(await sending).toMatchObject({ code: 4001 })
  const grant = { expiry, permissions: [erc20] }
  expect(await failure(ask('wallet_grantPermissions', { ...grant, chainId: '0x1' }))).toMatchObject({
    code: 5710,
  })
  expect(await failure(ask('wallet_grantPermissions', { ...grant, address: shop }))).toMatchObject({
    code: 4100,
  })
  expect(await failure(ask('wallet_grantPermissions', { ...grant, expiry: 1 }))).toMatchObject({
    code: -32602,
  })
  expect(context.approvals.open()).toEqual([])
})
