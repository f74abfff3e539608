import { afterAll, beforeAll, expect, test } from 'vitest'
import { addNetwork } from '@/lib/chains/networks'
import { localNetwork } from '@/lib/chains/localNetwork'
import { readMethods } from '@/lib/rpc/readMethods'
import { handleRequest } from '@/lib/rpc/router'
import { fakeServer, RpcFailure, type FakeServer } from '../bundler/fakeServer'
import { callerOf, failure, testRpc, type TestRpc } from './testRpc'

let node: FakeServer
let context: TestRpc
beforeAll(async () => {
  const echo = (method: string) => (params: readonly unknown[]) => ({ method, params })
  node = await fakeServer({
    ...Object.fromEntries([...readMethods].map((method) => [method, echo(method)])),
    eth_call: () => {
      throw new RpcFailure(3, 'execution reverted', '0x1234')
    },
  })
  context = await testRpc()
  await addNetwork(context.database, { ...localNetwork, rpcUrl: node.url, builtIn: false })
})
afterAll(() => node.close())

test.each([...readMethods].filter((method) => method !== 'eth_call'))(
  'behavior: %s is passed on to the node as it is, for any site',
  async (method) => {
    const answer = await handleRequest(context, callerOf(), method, ['0x1', { a: [true] }])
    expect(answer).toEqual({ method, params: ['0x1', { a: [true] }] })
    expect(await handleRequest(context, callerOf(), method, undefined)).toEqual({ method, params: [] })
  },
)

test('error: a node’s refusal comes with its code and data', async () => {
  expect(await failure(handleRequest(context, callerOf(), 'eth_call', [{}]))).toMatchObject({
    code: 3,
    message: 'execution reverted',
    data: '0x1234',
  })
})
