import { afterEach, beforeEach, expect, test } from 'vitest'
import { encodeAbiParameters, type Hex } from 'viem'
import { isWatched } from '@/lib/assets/watchedTokens'
import { addNetwork } from '@/lib/chains/networks'
import { localNetwork } from '@/lib/chains/localNetwork'
import { handleCommand } from '@/lib/rpc/commandRouter'
import { handleRequest } from '@/lib/rpc/router'
import { operations } from '@/lib/operation/row'
import { fakeServer, type FakeServer } from '../bundler/fakeServer'
import { operationRow } from '../operation/operationRow'
import { callerOf, connected, failure, origin, settled, shop, testRpc, waiting } from './testRpc'

const token = '0x00000000000000000000000000000000000000A1'
const noToken = '0x00000000000000000000000000000000000000B1'
const [old, next, unknown] = ['11', '22', '33'].map((byte): Hex => `0x${byte.repeat(32)}`)
let node: FakeServer
beforeEach(async () => {
  node = await fakeServer({
    eth_call: ([call]) => {
      const { to, data } = call as { to: string; data: Hex }
      if (to.toLowerCase() !== token.toLowerCase()) return '0x'
      return data === '0x95d89b41'
        ? encodeAbiParameters([{ type: 'string' }], ['DEMO'])
        : encodeAbiParameters([{ type: 'uint8' }], [6])
    },
    eth_getTransactionReceipt: ([hash]) => (hash === next ? { transactionHash: next } : null),
    eth_getTransactionByHash: ([hash]) => (hash === next ? { hash: next } : null),
    eth_getCode: ([address]) => (String(address).toLowerCase() === token.toLowerCase() ? '0x60' : '0x'),
    eth_chainId: () => '0x7a69',
  })
})
afterEach(() => node.close())

async function site() {
  const context = await testRpc()
  await addNetwork(context.database, { ...localNetwork, rpcUrl: node.url, builtIn: false })
  const { account } = await connected(context)
  const ask = (method: string, params?: unknown, caller = callerOf()) =>
    handleRequest(context, caller, method, params)
  return { context, account, ask }
}

test.each([
  ['an object, as wagmi sends', (asset: object) => asset],
  ['a list', (asset: object) => [asset]],
])('param: wallet_watchAsset takes %s, and lists the token once the owner agrees', async (_, wrap) => {
  const { context, ask } = await site()
  const params = wrap({
    type: 'ERC20',
    options: { address: token.toLowerCase(), symbol: 'FAKE', decimals: 6 },
  })
  const watching = ask('wallet_watchAsset', params)
  await waiting(context)
  const [approval] = context.approvals.open()
  expect(approval?.request).toMatchObject({ kind: 'token', token: { symbol: 'DEMO', decimals: 6 } })
  await context.desk.settled(approval?.id ?? '')
  const input = { id: approval?.id ?? '' }
  await handleCommand(context, { type: 'latchkey:command', name: 'approvalStart', input })
  expect(await watching).toBe(true)
  expect(await isWatched(context.database, { chainId: 31337, address: token })).toBe(true)
  expect(await ask('wallet_watchAsset', params)).toBe(true)
  expect(context.approvals.open()).toEqual([])
})

test.each([
  [{ type: 'ERC721', options: { address: token } }, 'Use ERC20'],
  [{ type: 'ERC20', options: { address: noToken } }, 'is no ERC-20'],
  [{ type: 'ERC20', options: { address: token, decimals: 18 } }, 'has 6 decimals, not 18'],
  [{ type: 'ERC20', options: { address: token, chainId: 1 } }, 'is on chain 1'],
  [{ type: 'ERC20', options: { address: '0x12' } }, 'must be'],
  [[], 'must be'],
])('error: wallet_watchAsset %j is -32602, and says why', async (params, message) => {
  const { context, ask } = await site()
  const error = await failure(ask('wallet_watchAsset', params))
  expect(error.code).toBe(-32602)
  expect(error.message).toContain(message)
  expect(context.approvals.open()).toEqual([])
})

test('behavior: calls that wait for the owner are 100, and shown in the window', async () => {
  const { context, ask } = await site()
  ask('wallet_sendCalls', [{ chainId: '0x7a69', id: 'mine', calls: [{ to: shop }] }]).catch(() => undefined)
  await waiting(context)
  expect(await ask('wallet_getCallsStatus', ['mine'])).toMatchObject({
    id: 'mine',
    status: 100,
    atomic: true,
  })
  context.shown.length = 0
  expect(await ask('wallet_showCallsStatus', ['mine'])).toBeNull()
  expect(context.shown).toEqual([context.approvals.open()[0]?.id])
  expect(context.pages).toEqual([])
})

test('behavior: sent calls are shown among the activity, and those of others are 5730', async () => {
  const { context, account, ask } = await site()
  const row = operationRow({ account: account.id as Hex, dappCallsId: `${origin} mine`, status: 'final' })
  await operations.put(context.database, row)
  expect(await ask('wallet_showCallsStatus', ['mine'])).toBeNull()
  expect(context.pages).toEqual(['#/activity'])
  expect(await failure(ask('wallet_showCallsStatus', ['other']))).toMatchObject({ code: 5730 })
})

test('param: wallet_getCapabilities is narrowed to the chains asked for; unknown ones are left out', async () => {
  const { account, ask } = await site()
  const all = (await ask('wallet_getCapabilities', [account.address])) as object
  expect(all).toMatchObject({ '0x7a69': { atomic: { status: 'supported' }, sessions: { supported: true } } })
  expect(await ask('wallet_getCapabilities', [account.address, ['0x7a69', '0x1']])).toEqual(all)
  expect(await ask('wallet_getCapabilities', [account.address, ['0x1']])).toEqual({})
})

test('behavior: a hash that the site was told of, and that a reorganisation took, leads to its successor', async () => {
  const { context, account, ask } = await site()
  const row = { account: account.id as Hex, formerHashes: [old ?? '0x'] }
  await operations.put(context.database, operationRow({ ...row, status: 'included', transactionHash: next }))
  expect(await ask('eth_getTransactionReceipt', [old])).toEqual({ transactionHash: next })
  expect(await ask('eth_getTransactionByHash', [old])).toEqual({ hash: next })
  expect(await ask('eth_getTransactionByHash', [unknown])).toBeNull()
  const stranger = callerOf({ origin: 'https://other.example' })
  expect(await ask('eth_getTransactionReceipt', [old], stranger)).toBeNull()
})

test('behavior: while the operation waits to be included again, its former hash is pending', async () => {
  const { context, account, ask } = await site()
  const row = operationRow({ account: account.id as Hex, formerHashes: [old ?? '0x'], status: 'sent' })
  await operations.put(context.database, row)
  expect(await ask('eth_getTransactionReceipt', [old])).toBeNull()
})

test('error: a paymaster that is no contract is -32602, before anybody is asked', async () => {
  const { context, ask } = await site()
  for (const paymaster of [noToken, { address: noToken, paymasterInput: '0x' }])
    expect(
      await failure(
        ask('wallet_connect', [{ capabilities: { paymasterService: paymaster, sessions: wish } }]),
      ),
    ).toMatchObject({
      code: -32602,
      message: expect.stringContaining('no paymaster at'),
    })
  const transaction = { to: shop, paymaster: noToken, paymasterInput: '0x' }
  expect(await failure(ask('eth_sendTransaction', [transaction]))).toMatchObject({ code: -32602 })
  const eip712Meta = { paymasterParams: { paymaster: noToken, paymasterInput: [1, 2] } }
  expect(await failure(ask('eth_sendTransaction', [{ to: shop, eip712Meta }]))).toMatchObject({
    code: -32602,
  })
  expect(context.approvals.open()).toEqual([])
})

test('behavior: a paymaster that is a contract goes with the transaction, its data as it is', async () => {
  const { context, ask } = await site()
  const sending = failure(
    ask('eth_sendTransaction', [{ to: shop, paymaster: token, paymasterInput: '0xabcd' }]),
  )
  await waiting(context)
  expect(context.approvals.open()).toMatchObject([{ sponsor: { paymaster: token, paymasterData: '0xabcd' } }])
  await handleCommand(context, {
    type: 'latchkey:command',
    name: 'approvalReject',
    input: { id: context.approvals.open()[0]?.id ?? '' },
  })
  expect(await sending).toMatchObject({ code: 4001 })
  await settled()
})

const wish = { transfers: [{ to: shop, valueLimit: '0xa' }] }
