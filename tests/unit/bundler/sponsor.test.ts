import { afterEach, expect, test } from 'vitest'
import { estimateGas, EstimationError } from '@/lib/bundler/estimateGas'
import { fees } from '@/lib/bundler/fees'
import { sponsorData, sponsorStub } from '@/lib/bundler/sponsor'
import { maximumFee, type UserOperation } from '@/lib/bundler/userOperation'
import { localNetwork } from '@/lib/chains/localNetwork'
import { fakeServer, RpcFailure, type FakeServer } from './fakeServer'

const paymaster = '0x00000000000000000000000000000000000000bb'
const userOp: UserOperation = {
  sender: '0x0000000000000000000000000000000000000001',
  nonce: 1n,
  callData: '0x',
  callGasLimit: 1n,
  verificationGasLimit: 2n,
  preVerificationGas: 3n,
  maxFeePerGas: 7n,
  maxPriorityFeePerGas: 1n,
  signature: '0x12',
}
const servers: FakeServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

async function serve(methods: FakeServer['methods']) {
  const server = await fakeServer(methods)
  servers.push(server)
  return { server, network: { ...localNetwork, bundlerUrl: server.url, rpcUrl: server.url } }
}

test('behavior: a sponsor is asked as ERC-7677 says, without the signature', async () => {
  let asked: readonly unknown[] = []
  const { server, network } = await serve({
    pm_getPaymasterStubData: (params) => {
      asked = params
      return {
        paymaster,
        paymasterData: '0x01',
        paymasterPostOpGasLimit: '0x5',
        sponsor: { name: 'Orchard' },
      }
    },
    pm_getPaymasterData: () => ({ paymaster, paymasterData: '0x02' }),
  })
  const service = { url: server.url, context: { policy: 'a' } }
  expect(await sponsorStub(network, service, userOp)).toEqual({
    fields: { paymaster, paymasterData: '0x01', paymasterPostOpGasLimit: 5n },
    name: 'Orchard',
    isFinal: false,
  })
  expect(asked.slice(1)).toEqual([network.deployment.entryPoint, '0x7a69', { policy: 'a' }])
  expect(asked[0]).toMatchObject({ nonce: '0x1' })
  expect(asked[0]).not.toHaveProperty('signature')
  expect(await sponsorData(network, service, userOp)).toEqual({ paymaster, paymasterData: '0x02' })
})

test('error: a sponsor that refuses, answers nonsense, or has no usable address', async () => {
  const { server, network } = await serve({
    pm_getPaymasterStubData: () => {
      throw new RpcFailure(-32501, 'not you')
    },
    pm_getPaymasterData: () => ({ paymaster: 'me', paymasterData: '0x' }),
  })
  const service = { url: server.url }
  await expect(sponsorStub(network, service, userOp)).rejects.toMatchObject({ serverCode: -32501 })
  await expect(sponsorData(network, service, userOp)).rejects.toMatchObject({ code: 4901 })
  await expect(sponsorStub(network, { url: 'http://evil.example' }, userOp)).rejects.toMatchObject({
    code: -32602,
  })
})

test('behavior: gas limits; a made-up balance travels as the third parameter', async () => {
  let asked: readonly unknown[] = []
  const { network } = await serve({
    eth_estimateUserOperationGas: (params) => {
      asked = params
      return { preVerificationGas: '0x1', verificationGasLimit: '0x2', callGasLimit: 3 }
    },
  })
  expect(await estimateGas(network, userOp, { balance: 16n })).toEqual({
    preVerificationGas: 1n,
    verificationGasLimit: 2n,
    callGasLimit: 3n,
  })
  expect(asked[2]).toEqual({ [userOp.sender]: { balance: '0x10' } })
})

test('error: a call that would fail is said so with code -32003', async () => {
  const { network } = await serve({
    eth_estimateUserOperationGas: () => {
      throw new RpcFailure(-32521, 'reverted with reason: 0x')
    },
  })
  await expect(estimateGas(network, userOp)).rejects.toMatchObject({
    constructor: EstimationError,
    code: -32003,
    message: expect.stringContaining('The transaction would fail'),
  })
})

test('behavior: fees from the bundler, else twice the base fee plus the tip', async () => {
  const offered = await serve({
    pimlico_getUserOperationGasPrice: () => ({
      standard: { maxFeePerGas: '0x9', maxPriorityFeePerGas: '0x2' },
    }),
  })
  expect(await fees(offered.network)).toEqual({ maxFeePerGas: 9n, maxPriorityFeePerGas: 2n })
  const plain = await serve({
    eth_getBlockByNumber: () => ({ number: '0x1', timestamp: '0x1', baseFeePerGas: '0xa' }),
    eth_maxPriorityFeePerGas: () => '0x3',
  })
  expect(await fees(plain.network)).toEqual({ maxFeePerGas: 23n, maxPriorityFeePerGas: 3n })
  await fees(plain.network)
  expect(plain.server.called.filter((name) => name.startsWith('pimlico'))).toHaveLength(1)
})

test('behavior: the largest fee counts every gas limit', () => {
  expect(maximumFee(userOp)).toBe(42n)
  const limits = { paymasterVerificationGasLimit: 10n, paymasterPostOpGasLimit: 4n }
  expect(maximumFee({ ...userOp, ...limits, paymaster, paymasterData: '0x' })).toBe(140n)
})
