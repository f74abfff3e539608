import { numberToHex } from 'viem'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { latchkey } from '@/lib/chains/deployments/latchkey'
import { listNetworks } from '@/lib/chains/networks'
import { connections } from '@/lib/connection/connections'
import { handleCommand } from '@/lib/rpc/commandRouter'
import { handleRequest } from '@/lib/rpc/router'
import { fakeServer, type FakeServer } from '../bundler/fakeServer'
import { callerOf, connected, failure, origin, testRpc, waiting } from './testRpc'

let node: FakeServer
let bundler: FakeServer
beforeEach(async () => {
  const chain = { eth_chainId: () => numberToHex(777) }
  const offers = { ...chain, eth_supportedEntryPoints: () => [latchkey.entryPoint] }
  node = await fakeServer({ ...chain, eth_getCode: () => '0x60' })
  bundler = await fakeServer(offers)
})
afterEach(async () => {
  await node.close()
  await bundler.close()
})

async function site() {
  const context = await testRpc()
  await connected(context)
  const add = (change: object = {}) =>
    handleRequest(context, callerOf(), 'wallet_addEthereumChain', [
      {
        chainId: '0x309',
        chainName: 'Orchard Chain',
        rpcUrls: [node.url],
        nativeCurrency: { symbol: 'APPLE' },
        ...change,
      },
    ])
  const answer = async (name: 'approvalStart' | 'approvalReject') => {
    const id = context.approvals.open()[0]?.id ?? ''
    await context.desk.settled(id)
    await handleCommand(context, { type: 'latchkey:command', name, input: { id } })
  }
  return { context, add, answer }
}

test('behavior: the owner is asked, the chain is added, and the site moves to it', async () => {
  const { context, add, answer } = await site()
  const adding = add({ bundlerUrls: [bundler.url] })
  await waiting(context)
  expect(context.approvals.open()).toMatchObject([
    {
      request: {
        kind: 'network',
        network: {
          chainId: 777,
          name: 'Orchard Chain',
          rpcUrl: `${node.url}/`,
          bundlerUrl: `${bundler.url}/`,
        },
      },
    },
  ])
  await answer('approvalStart')
  expect(await adding).toBeNull()
  expect((await listNetworks(context.database)).map(({ chainId }) => chainId)).toContain(777)
  expect((await connections.get(context.database, origin))?.chainId).toBe(777)
  expect(context.emitted).toContainEqual([origin, 'chainChanged', '0x309'])
  expect(await add()).toBeNull()
})

test('behavior: a node that is a bundler too needs no other', async () => {
  const { context, add, answer } = await site()
  Object.assign(node.methods, bundler.methods)
  const adding = add()
  await waiting(context)
  await answer('approvalStart')
  expect(await adding).toBeNull()
})

test('error: rejected is 4001, and nothing is added', async () => {
  const { context, add, answer } = await site()
  const adding = failure(add({ bundlerUrls: [bundler.url] }))
  await waiting(context)
  await answer('approvalReject')
  expect(await adding).toMatchObject({ code: 4001 })
  expect((await listNetworks(context.database)).map(({ chainId }) => chainId)).not.toContain(777)
})

test('error: no bundler, another chain at the node, or no node: one and the same 4200, without a question', async () => {
  const { context, add } = await site()
  const errors = [
    await failure(add()),
    await failure(add({ chainId: '0x30a', bundlerUrls: [bundler.url] })),
    await failure(add({ rpcUrls: ['http://127.0.0.1:9'] })),
  ]
  for (const error of errors)
    expect(error).toMatchObject({ code: 4200, message: expect.stringContaining('Add network') })
  expect(errors[2]?.message).toBe(errors[0]?.message)
  expect(context.approvals.open()).toEqual([])
})

test('error: a site that is not connected is 4100 for a new chain', async () => {
  const context = await testRpc()
  const params = [{ chainId: '0x309', rpcUrls: [node.url] }]
  expect(await failure(handleRequest(context, callerOf(), 'wallet_addEthereumChain', params))).toMatchObject({
    code: 4100,
  })
})
