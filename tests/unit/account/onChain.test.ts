import fc from 'fast-check'
import {
  BaseError,
  concat,
  createTestClient,
  decodeErrorResult,
  encodeFunctionData,
  http,
  numberToHex,
  publicActions,
  walletActions,
  type Address,
  type Hex,
} from 'viem'
import { privateKeyToAddress, sign } from 'viem/accounts'
import { anvil } from 'viem/chains'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { codecFor } from '@/lib/account/codecs/codec'
import { parsePasskeySignature } from '@/lib/account/passkeySignature'
import { aaFactoryAbi } from '@/lib/chains/abi/aaFactory.gen'
import { sessionKeyValidatorAbi } from '@/lib/chains/abi/sessionKeyValidator.gen'
import { latchkey } from '@/lib/chains/deployments/latchkey'
import { applyCharges } from '@/lib/policy/applyCharges'
import type { Call, OperationFee } from '@/lib/policy/call'
import { policiesOf } from '@/lib/policy/cells'
import { check } from '@/lib/policy/check'
import { remaining } from '@/lib/policy/remaining'
import type { SessionSpec } from '@/lib/policy/spec'
import type { Usage } from '@/lib/policy/usage'
import { startStack, type Stack } from '../../../demo/stack/startStack.mjs'
import { softPasskey } from '../operation/softPasskey'
import { callPlan, plannedCall } from './callPlan'
import { smallAmounts, specArbitrary, targets } from './specArbitrary'

const codec = codecFor('latchkey')
const owner = softPasskey()
const origin = { deployment: latchkey, passkey: owner.passkey, index: 0n }
const account = codec.accountAddress(origin)
const userOpHash: Hex = `0x${'ab'.repeat(32)}`
const module = latchkey.sessionKeyValidator

let stack: Stack
let client: ReturnType<typeof connect>

function connect() {
  return createTestClient({ chain: anvil, mode: 'anvil', transport: http(stack.record.rpcUrl) })
    .extend(publicActions)
    .extend(walletActions)
}

beforeAll(async () => {
  stack = await startStack({ dapp: false })
  client = connect()
  const { factory, factoryData } = codec.initCode(origin)
  await send(stack.record.funder.address, factory, factoryData)
  for (const address of [account, latchkey.entryPoint]) {
    await client.impersonateAccount({ address })
    await client.setBalance({ address, value: 10n ** 20n })
  }
}, 60_000)

afterAll(async () => {
  await stack.stop()
}, 20_000)

async function send(from: Address, to: Address, data: Hex): Promise<void> {
  const hash = await client.sendTransaction({ account: from, to, data, gas: 10_000_000n })
  // The chain mines a little after it answers, and may then stay silent: ask again rather than wait for a next block.
  const receipt = () => client.getTransactionReceipt({ hash })
  const { status } = await vi.waitFor(receipt, { interval: 5, timeout: 10_000 })
  expect(status).toBe('success')
}

/** A packed operation whose fee is `fee`: one unit of gas at that price. */
function packed(callData: Hex, signature: Hex, fee: OperationFee) {
  const { paymaster } = fee
  return {
    sender: account,
    nonce: 0n,
    initCode: '0x',
    callData,
    accountGasLimits: numberToHex(0n, { size: 32 }),
    preVerificationGas: 1n,
    gasFees: numberToHex(fee.fee, { size: 32 }),
    paymasterAndData: paymaster ? concat([paymaster, numberToHex(0n, { size: 32 })]) : '0x',
    signature,
  } as const
}

type Validation = { error: string } | { failed: boolean; validUntil: number; validAfter: number }

/** Asks the chain for a validation, without effect. */
async function validation(from: Address, to: Address, data: Hex): Promise<Validation> {
  try {
    const result = await client.call({ account: from, to, data, gas: 10_000_000n })
    const value = BigInt(result.data ?? '0x')
    return {
      failed: (value & (2n ** 160n - 1n)) === 1n,
      validUntil: Number((value >> 160n) & (2n ** 48n - 1n)),
      validAfter: Number(value >> 208n),
    }
  } catch (error) {
    const reverted = error instanceof BaseError ? error.walk((cause) => 'data' in Object(cause)) : null
    const bytes = (reverted as { data?: Hex } | null)?.data
    if (!bytes) throw error
    return { error: decodeErrorResult({ abi: sessionKeyValidatorAbi, data: bytes }).errorName }
  }
}

describe('addresses and passkeys, against the contracts', () => {
  test('behavior: the computed address is the one of the factory', async () => {
    const { x, y, credentialId, origin: passkeyOrigin } = owner.passkey
    for (const index of [0n, 5n]) {
      const onChain = await client.readContract({
        address: latchkey.factory,
        abi: aaFactoryAbi,
        functionName: 'getAddress',
        args: [x, y, index, credentialId, passkeyOrigin],
      })
      expect(codec.accountAddress({ ...origin, index })).toBe(onChain)
    }
    expect(await client.getCode({ address: account })).toBeDefined()
  })

  test('behavior: a passkey signature is valid until its deadline, and the stub is wrong without a revert', async () => {
    const deadline = 1_900_000_000
    const challenge = codec.passkeyChallenge(userOpHash, deadline)
    const signature = parsePasskeySignature(owner.assert(challenge), challenge, owner.passkey.origin)
    const callData = codec.encodeCalls([{ to: targets[0] ?? account, value: 0n, data: '0x' }])
    const validate = (bytes: Hex) =>
      validation(latchkey.entryPoint, account, validateUserOpData(packed(callData, bytes, { fee: 0n })))
    expect(await validate(codec.passkeySignature(signature, owner.passkey, deadline))).toEqual({
      failed: false,
      validUntil: deadline,
      validAfter: 0,
    })
    expect(await validate(codec.passkeySignature(signature, owner.passkey, deadline + 1))).toMatchObject({
      failed: true,
    })
    expect(await validate(codec.passkeyStub(owner.passkey, deadline))).toMatchObject({ failed: true })
  })
})

function validateUserOpData(operation: ReturnType<typeof packed>): Hex {
  const [validate] = sessionKeyValidatorAbi.filter(
    (item) => 'name' in item && item.name === 'validateSession',
  )
  if (validate?.type !== 'function') throw new Error('The ABI has validateSession.')
  const [op, hash] = validate.inputs
  const missing = { name: 'missingAccountFunds', type: 'uint256' } as const
  const item = { type: 'function', name: 'validateUserOp', inputs: [op, hash, missing], outputs: [] } as const
  return encodeFunctionData({
    abi: [{ ...item, stateMutability: 'payable' }],
    args: [operation, userOpHash, 0n],
  })
}

const signerKeys = fc.bigInt(1n, 2n ** 250n).map((key) => numberToHex(key, { size: 32 }))
const operation = fc.record({
  calls: fc.array(callPlan, { minLength: 1, maxLength: 3 }),
  fee: fc.bigInt(0n, 2n),
  paymaster: fc.constantFrom<Address | undefined>(
    undefined,
    undefined,
    undefined,
    undefined,
    `0x${'33'.repeat(20)}`,
    `0x${'99'.repeat(20)}`,
  ),
  wait: fc.constantFrom(0, 1, 59, 600, 3600, 50_000),
})

describe('policy check, against the contracts', () => {
  test('behavior: the same verdict, rule, time range and usage for random sessions and operations', async () => {
    const session = specArbitrary(smallAmounts, fc.constant(account), fc.constant(0))
    const counts = { accepted: 0, refused: 0 }
    await fc.assert(
      fc.asyncProperty(
        session,
        signerKeys,
        fc.array(operation, { minLength: 6, maxLength: 10 }),
        async (shape, key, operations) => {
          const { timestamp: start } = await client.getBlock()
          const now = Number(start)
          const signer = privateKeyToAddress(key).toLowerCase() as Address
          const spec: SessionSpec = { ...shape, signer, expiresAt: now + 300 * 86_400 }
          const create = codec.createSession(latchkey, spec)
          await send(account, create.to, create.data)
          let usage: Usage = {}
          let timestamp = now
          for (const { wait, calls: plans, ...fee } of operations) {
            timestamp += wait
            const calls = plans.map((plan) => plannedCall(spec, plan))
            const verdict = check({ spec, usage, calls, fee, timestamp, banned: [], rules: codec.rules })
            counts[verdict.ok ? 'accepted' : 'refused']++
            const policyIndex = verdict.ok
              ? verdict.policyIndex
              : calls.map((item) => likelyPolicy(spec, item))
            const validate = await signedValidation(spec, key, calls, fee, timestamp, policyIndex)
            const answer = await validation(account, module, validate)
            if (!verdict.ok) {
              expect(answer).toEqual({ error: verdict.refusal.rule })
              continue
            }
            const { validAfter, validUntil } = verdict
            expect(answer).toEqual({ failed: false, validAfter, validUntil })
            await send(account, module, validate)
            usage = applyCharges(usage, verdict.charges)
          }
          await client.setNextBlockTimestamp({ timestamp: BigInt(Math.max(timestamp, now + 100)) })
          await client.mine({ blocks: 1 })
          await expectSameState(spec, usage)
        },
      ),
      { numRuns: 20, endOnFailure: true },
    )
    expect(Math.min(counts.accepted, counts.refused)).toBeGreaterThan(25)
  }, 120_000)
})

async function signedValidation(
  spec: SessionSpec,
  privateKey: Hex,
  calls: readonly Call[],
  fee: OperationFee,
  timestamp: number,
  policyIndex: readonly number[],
): Promise<Hex> {
  const deadline = spec.expiresAt + 1
  const hash = codec.sessionHash(userOpHash, codec.sessionId(spec), timestamp, deadline)
  const { r, s, yParity = 0 } = await sign({ hash, privateKey, to: 'object' })
  const signature = codec.sessionSignature({ spec, timestamp, deadline, policyIndex }, { r, s, yParity })
  const op = packed(codec.encodeCalls(calls), signature, fee)
  const args = [op, userOpHash, 0n] as const
  return encodeFunctionData({ abi: sessionKeyValidatorAbi, functionName: 'validateSession', args })
}

/** The policy that a wallet would name for a call that its check refused: the one of its target and function, if any. */
function likelyPolicy(spec: SessionSpec, { to, data: bytes }: Call): number {
  const index = policiesOf(spec).findIndex(
    (policy) =>
      policy.target === to &&
      (policy.kind === 'transfer' ? bytes === '0x' : bytes.slice(0, 10) === policy.selector),
  )
  return Math.max(index, 0)
}

async function expectSameState(spec: SessionSpec, usage: Usage): Promise<void> {
  const block = await client.getBlock()
  const request = codec.sessionStateCall(latchkey, account, spec)
  const { data: result = '0x' } = await client.call({ ...request, blockNumber: block.number })
  const state = codec.decodeSessionState(spec, result)
  expect(state.status).toBe('active')
  const at = Number(block.timestamp)
  expect(remaining(spec, state.usage, at)).toEqual(remaining(spec, usage, at))
}
