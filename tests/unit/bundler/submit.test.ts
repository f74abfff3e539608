import { afterEach, expect, test } from 'vitest'
import { submit } from '@/lib/bundler/submit'
import type { UserOperation } from '@/lib/bundler/userOperation'
import { localNetwork } from '@/lib/chains/localNetwork'
import { fakeServer, RpcFailure, type FakeServer } from './fakeServer'

const hash = `0x${'ab'.repeat(32)}` as const
const userOp: UserOperation = {
  sender: '0x0000000000000000000000000000000000000001',
  nonce: 1n,
  callData: '0x',
  callGasLimit: 1n,
  verificationGasLimit: 1n,
  preVerificationGas: 1n,
  maxFeePerGas: 1n,
  maxPriorityFeePerGas: 1n,
  signature: '0x12',
}

let server: FakeServer
afterEach(() => server.close())

async function send(answer: () => unknown) {
  server = await fakeServer({ eth_sendUserOperation: answer })
  return submit({ ...localNetwork, bundlerUrl: server.url }, userOp, hash)
}

test('behavior: accepted', async () => {
  expect(await send(() => hash)).toEqual({ outcome: 'accepted', hash })
})

test('behavior: "Already known" means that the bundler has it', async () => {
  const answer = () => {
    throw new RpcFailure(-32602, 'Already known')
  }
  expect(await send(answer)).toEqual({ outcome: 'known' })
})

test('behavior: a refusal keeps its code, and says the contract’s reason', async () => {
  const answer = () => {
    throw new RpcFailure(-32500, 'AA23 reverted 0x27406db9')
  }
  expect(await send(answer)).toEqual({ outcome: 'rejected', code: -32500, message: 'SessionNotActive()' })
})

test('behavior: silence is unknown, and is not tried again', async () => {
  server = await fakeServer({})
  const { url } = server
  await server.close()
  server = await fakeServer({})
  expect(await submit({ ...localNetwork, bundlerUrl: url }, userOp, hash)).toMatchObject({
    outcome: 'unknown',
  })
})
