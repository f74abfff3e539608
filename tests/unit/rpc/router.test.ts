import { expect, test } from 'vitest'
import { addNetwork } from '@/lib/chains/networks'
import { localNetwork } from '@/lib/chains/localNetwork'
import { handleRequest, kindOf } from '@/lib/rpc/router'
import { callerOf, connected, failure, shop, testRpc } from './testRpc'

const ask = async (method: string, params?: unknown, isConnected = false) => {
  const context = await testRpc()
  // Nobody listens on this port.
  await addNetwork(context.database, { ...localNetwork, rpcUrl: 'http://127.0.0.1:9', builtIn: false })
  if (isConnected) await connected(context)
  const error = await failure(handleRequest(context, callerOf(), method, params))
  expect(context.approvals.open()).toEqual([])
  expect([...context.memory.content.keys()]).toEqual([])
  return error
}

test.each(['eth_mining', 'evm_mine', '__proto__', 'constructor', ''])(
  'error: the method "%s" is unknown',
  async (method) => {
    expect(await ask(method)).toMatchObject({ code: 4200, message: expect.stringContaining('not support') })
  },
)

test.each(['eth_sendTransaction', 'wallet_sendCalls', 'wallet_getSessions', 'wallet_getCallsStatus'])(
  'error: %s of a site that is not connected is 4100, and says how to connect',
  async (method) => {
    const params = {
      eth_sendTransaction: [{ to: shop }],
      wallet_sendCalls: [{ chainId: '0x1', calls: [{ to: shop }] }],
      wallet_getCallsStatus: ['1'],
    }[method]
    expect(await ask(method, params)).toMatchObject({
      code: 4100,
      message: expect.stringContaining('eth_requestAccounts'),
    })
  },
)

test.each([
  ['eth_sendTransaction', undefined, 'params must be'],
  ['eth_sendTransaction', [], 'params must have one transaction'],
  ['eth_sendTransaction', [{ to: '0x12' }], 'params.0.to must be an address of 20 bytes'],
  ['eth_sendTransaction', [{ to: shop, value: '1.5' }], 'params.0.value must be'],
  ['eth_sendTransaction', [{ to: shop, value: -1 }], 'params.0.value must be'],
  ['eth_sendTransaction', [{ to: shop, data: '0x1' }], 'params.0.data must be hex bytes'],
  ['wallet_sendCalls', [{ calls: [] }], 'params.0.chainId is missing'],
  ['wallet_sendCalls', [{ chainId: '0x1', calls: [] }], 'params.0.calls must hold at least one call'],
  ['wallet_sendCalls', [{ chainId: '0x1', calls: [{ to: 7 }] }], 'params.0.calls.0.to must be'],
  ['wallet_switchEthereumChain', [{ chainId: 'mainnet' }], 'params.0.chainId must be a hex quantity'],
  ['wallet_switchEthereumChain', [{}], 'params.0.chainId is missing'],
  ['wallet_requestPermissions', [{ eth_sign: {} }], 'params.0.eth_accounts is missing'],
  ['wallet_requestPermissions', [{ eth_accounts: {}, eth_sign: {} }], 'params.0.eth_sign is not known'],
  ['wallet_revokeSession', [{ id: '0x12' }], 'params.0.id must be a session id'],
  ['eth_call', { to: shop }, 'params must be an array'],
])('error: %s %j is -32602 and names the member', async (method, params, message) => {
  const error = await ask(method, params, true)
  expect(error.code).toBe(-32602)
  expect(error.message).toContain(message)
})

test('error: an account that the site is not connected to is 4100, and names the one that it is', async () => {
  for (const [method, params] of [
    ['eth_sendTransaction', [{ from: shop, to: shop }]],
    ['wallet_sendCalls', [{ chainId: '0x7a69', from: shop, calls: [{ to: shop }] }]],
    ['wallet_getCapabilities', [shop]],
  ] as const)
    expect(await ask(method, params, true)).toMatchObject({
      code: 4100,
      message: expect.stringContaining('not connected to'),
    })
})

test('error: a deployment, two kinds of data, and another chain are refused with the way out', async () => {
  expect(await ask('eth_sendTransaction', [{ data: '0x60' }], true)).toMatchObject({ code: -32602 })
  const both = [{ to: shop, data: '0x11223344', input: '0x11223345' }]
  expect(await ask('eth_sendTransaction', both, true)).toMatchObject({ code: -32602 })
  expect(await ask('eth_sendTransaction', [{ to: shop, chainId: '0x1' }], true)).toMatchObject({
    code: 4901,
    message: expect.stringContaining('wallet_switchEthereumChain'),
  })
  const calls = [{ chainId: '0x1', calls: [{ to: shop }] }]
  expect(await ask('wallet_sendCalls', calls, true)).toMatchObject({ code: 5710 })
})

test('error: an unknown chain is 4902 for a switch, and adding one says where to', async () => {
  expect(await ask('wallet_switchEthereumChain', [{ chainId: '0x1' }], true)).toMatchObject({ code: 4902 })
  const added = { chainId: '0x1', chainName: 'Ethereum', rpcUrls: ['https://node.example'] }
  expect(await ask('wallet_addEthereumChain', [added], true)).toMatchObject({
    code: 4200,
    message: expect.stringContaining('Add network'),
  })
  expect(
    await ask('wallet_addEthereumChain', [{ ...added, rpcUrls: ['http://node.example'] }]),
  ).toMatchObject({
    code: -32602,
  })
})

test('error: an unknown capability is 5700 unless it is optional', async () => {
  const calls = { chainId: '0x7a69', calls: [{ to: shop }] }
  expect(await ask('wallet_sendCalls', [{ ...calls, capabilities: { teleport: {} } }], true)).toMatchObject({
    code: 5700,
  })
})

test('error: a node that is down is 4901, named by its host', async () => {
  expect(await ask('eth_blockNumber')).toMatchObject({
    code: 4901,
    message: expect.stringContaining('127.0.0.1:9'),
  })
})

test('error: a site asks for a session while the node is down: 4901, no window, no key', async () => {
  const params = [{ sessionPreferences: { transfers: [{ to: shop, maxValuePerUse: '0x1' }] } }]
  expect(await ask('eth_requestAccounts', params, true)).toMatchObject({ code: 4901 })
})

test('behavior: what asks or signs outlives the worker, reads do not', () => {
  expect(kindOf('eth_sendTransaction')).toBe('ask')
  expect(kindOf('eth_requestAccounts')).toBe('ask')
  expect(kindOf('eth_call')).toBe('chain')
  expect(kindOf('eth_accounts')).toBe('own')
  expect(kindOf('nothing of the sort')).toBe('own')
})

test('behavior: a site that is not connected sees no account, and the default chain', async () => {
  const context = await testRpc()
  expect(await handleRequest(context, callerOf(), 'eth_accounts', [])).toEqual([])
  expect(await handleRequest(context, callerOf(), 'eth_chainId', undefined)).toBe('0x7a69')
  expect(await handleRequest(context, callerOf(), 'wallet_getPermissions', {})).toEqual([])
})
