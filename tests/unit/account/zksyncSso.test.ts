import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { numberToHex, toFunctionSelector, type Address, type Hex } from 'viem'
import { sign } from 'viem/accounts'
import { describe, expect, test } from 'vitest'
import { codecFor } from '@/lib/account/codecs/codec'
import type { OwnedPasskey, RawSignature } from '@/lib/account/codecs/AccountCodec'
import { parseTypedData } from '@/lib/account/typedData/parseTypedData'
import { zksyncFactoryAbi, zksyncPasskeyAbi, zksyncSessionAbi } from '@/lib/chains/abi/zksyncSso'
import { latchkey } from '@/lib/chains/deployments/latchkey'
import type { ZksyncSsoDeployment } from '@/lib/chains/network'
import { unlimited, type SessionSpec } from '@/lib/policy/spec'
import { specArbitrary, wideAmounts } from './specArbitrary'

type SessionVector = {
  readonly id: string
  readonly timestamp: number
  readonly policyIndex: number[]
  readonly spec: unknown
} & Record<
  'encoded' | 'hash' | 'proofHash' | 'createSession' | 'signature' | 'stub' | 'sessionState',
  Hex
> & {
    readonly nonceKey: string
  }
type Vectors = {
  readonly deployment: ZksyncSsoDeployment
  readonly passkey: OwnedPasskey
  readonly account: Address
  readonly sessionKey: Hex
  readonly userOpHash: Hex
  readonly deployments: { index: string; factoryData: Hex; address: Address }[]
  readonly executions: { id: string; calls: { to: Address; value: string; data: Hex }[]; callData: Hex }[]
  readonly sessions: SessionVector[]
  readonly states: {
    id: string
    session: string
    timestamp: number
    result: Hex
    status: string
    usage: Record<string, { used: string; period: number }>
  }[]
  readonly revocations: { ids: Hex[]; data: Hex }[]
  readonly owners: { add: Hex; remove: Hex }
  readonly passkeySignature: Record<'authenticatorData' | 'r' | 's' | 'signature', Hex> & {
    clientDataJSON: string
  }
  readonly messages: { chainId: number; message: Hex; personalHash: Hex; typedHash: Hex }
}

const file = 'tests/vectors/account/zksync-sso.json'
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors
const { deployment, passkey, account } = vectors
const codec = codecFor('zksync-sso')

/** Amounts stand as decimal text. */
const revive = (spec: unknown) =>
  JSON.parse(JSON.stringify(spec), (key, value: unknown) =>
    key === 'limit' && typeof value === 'string'
      ? BigInt(value)
      : key === 'maxValuePerUse'
        ? BigInt(String(value))
        : value,
  ) as SessionSpec
const sessions = vectors.sessions.map((vector) => ({ ...vector, spec: revive(vector.spec) }))

async function signed(hash: Hex): Promise<RawSignature> {
  const { r, s, yParity = 0 } = await sign({ hash, privateKey: vectors.sessionKey, to: 'object' })
  return { r, s, yParity }
}

describe('selectors', () => {
  test('behavior: they are the published ones', () => {
    const selectors = Object.fromEntries(
      [...zksyncSessionAbi, ...zksyncPasskeyAbi, ...zksyncFactoryAbi].map((item) => [
        item.name,
        toFunctionSelector({ ...item, type: 'function' } as never),
      ]),
    )
    expect(selectors).toEqual({
      createSession: '0x054608e9',
      revokeKey: '0x572f2210',
      revokeKeys: '0x3ec59279',
      sessionState: '0x66740450',
      sessionStatus: '0x59130708',
      addValidationKey: '0x8f5bc2af',
      removeValidationKey: '0x59be375f',
      getAccountKey: '0x80c904d6',
      deployAccount: '0x574caef3',
      initializeAccount: '0xf0efd465',
      CallPolicyViolated: '0x31430d1c',
      TransferPolicyViolated: '0x18ee80e7',
      MaxValueExceeded: '0x3fd65609',
      LifetimeUsageExceeded: '0x5dd55ff1',
      AllowanceExceeded: '0xa494695a',
      ConditionViolated: '0x78c19b49',
      SessionNotActive: '0x27406db9',
      InvalidNonceKey: '0x9f737fe2',
      SignerAlreadyUsed: '0xaa6a4d5c',
      CallPolicyBanned: '0x52715752',
      UnlimitedFees: '0xb40e017c',
      SessionExpiresTooSoon: '0x2aaa3bc4',
      SessionAlreadyExists: '0x1f5807e8',
      EmptyTimeRange: '0x640783a4',
      InvalidSigner: '0x7ba5ffb5',
      ZeroSigner: '0xe5c48ac5',
      InvalidData: '0x5cb045db',
      InvalidDataLength: '0x78ef8024',
      InvalidCallType: '0x61b5251d',
      InvalidExecType: '0x30900f5a',
      InvalidTopLevelSelector: '0xb9cf12b1',
      NotInitialized: '0xf91bd6f1',
    })
  })
})

describe('accounts', () => {
  test.each(vectors.deployments)('behavior: account $index: init code and address', (vector) => {
    const origin = { deployment, passkey, index: BigInt(vector.index) }
    expect(codec.initCode(origin)).toEqual({ factory: deployment.factory, factoryData: vector.factoryData })
    expect(codec.accountAddress(origin)).toBe(vector.address)
  })

  test('behavior: without the proxy’s code the address is the chain’s to tell', () => {
    const published = { ...deployment, proxyCreationCode: undefined }
    expect(codec.accountAddress({ deployment: published, passkey, index: 0n })).toBeNull()
  })

  test('error: contracts of another kind', () => {
    expect(() => codec.accountAddress({ deployment: latchkey, passkey, index: 0n })).toThrow('of the kind')
  })

  test.each(vectors.executions)('behavior: execute, $id', ({ calls, callData }) => {
    const plain = calls.map((call) => ({ ...call, value: BigInt(call.value) }))
    expect(codec.encodeCalls(plain)).toBe(callData)
    expect(codec.decodeCalls(callData)).toEqual(plain)
  })

  test('behavior: owners come and go by the passkey module', () => {
    const { webAuthnValidator: to } = deployment
    expect(codec.addPasskey(deployment, account, passkey)).toEqual({
      to,
      value: 0n,
      data: vectors.owners.add,
    })
    expect(codec.removePasskey(deployment, account, passkey)).toEqual({
      to,
      value: 0n,
      data: vectors.owners.remove,
    })
  })

  test('behavior: an owner signs the operation itself, in the one lane of all owners', () => {
    const { authenticatorData, clientDataJSON, r, s, signature } = vectors.passkeySignature
    const parts = { authenticatorData, clientDataJSON, r, s, rest: ',"crossOrigin":false}' }
    expect(codec.passkeyChallenge(vectors.userOpHash)).toBe(vectors.userOpHash)
    expect(codec.passkeySignature(parts, passkey, 5, deployment)).toBe(signature)
    expect(codec.passkeyNonceKey()).toBe(0n)
  })

  test('behavior: the stub carries flags and client data that the validator can read', () => {
    const stub = codec.passkeyStub(passkey, 5, deployment)
    const text = Buffer.from(stub.slice(2), 'hex').toString('latin1')
    const clientData = JSON.parse(text.slice(text.indexOf('{"type"'), text.lastIndexOf('}') + 1)) as object
    expect(clientData).toMatchObject({ type: 'webauthn.get', origin: passkey.origin, crossOrigin: false })
    expect(Buffer.from((clientData as { challenge: string }).challenge, 'base64url')).toHaveLength(32)
  })

  test('behavior: messages are signed for the account’s own domain', () => {
    const { chainId, message, personalHash, typedHash } = vectors.messages
    expect(codec.messageHash({ kind: 'personal', message }, account, chainId)).toBe(personalHash)
    const typedData = parseTypedData({
      domain: { name: 'Shop', version: '1', chainId },
      types: { Order: [{ name: 'amount', type: 'uint256' }] },
      primaryType: 'Order',
      message: { amount: '3' },
    })
    expect(codec.messageHash({ kind: 'typed', typedData }, account, chainId)).toBe(typedHash)
  })
})

describe('sessions', () => {
  test.each(sessions)('behavior: vector $id', async ({ spec, timestamp, policyIndex, ...vector }) => {
    const parts = { deployment, spec, timestamp, policyIndex, deadline: 1 }
    expect(codec.encodeSpec(spec)).toBe(vector.encoded)
    expect(codec.sessionId(spec)).toBe(vector.hash)
    expect(codec.sessionProofHash(spec, account)).toBe(vector.proofHash)
    expect(codec.createSession(deployment, spec, await signed(vector.proofHash))).toEqual({
      to: deployment.sessionKeyValidator,
      value: 0n,
      data: vector.createSession,
    })
    expect(codec.sessionNonceKey(deployment, 3, spec.signer)).toBe(BigInt(vector.nonceKey))
    expect(codec.sessionHash(vectors.userOpHash)).toBe(vectors.userOpHash)
    expect(codec.sessionSignature(parts, await signed(vectors.userOpHash))).toBe(vector.signature)
    expect(codec.sessionStub(parts)).toBe(vector.stub)
    const { to, data } = codec.sessionStateCall(deployment, account, spec)
    expect([to, data]).toEqual([deployment.sessionKeyValidator, vector.sessionState])
  })

  test.each(vectors.states)('behavior: the state of a session, $id', (vector) => {
    const session = sessions.find(({ id }) => id === vector.session)
    if (session === undefined) throw new Error('The vector has a session.')
    const read = () => codec.decodeSessionState(session.spec, vector.result, vector.timestamp)
    if (vector.status === 'invalid') return void expect(read).toThrow('does not fit')
    const usage = Object.fromEntries(
      Object.entries(vector.usage).map(([cell, { used, period }]) => [cell, { used: BigInt(used), period }]),
    )
    expect(read()).toEqual({ status: vector.status, usage })
  })

  test.each(vectors.revocations)('behavior: revocation of $ids.length', ({ ids, data }) => {
    const { sessionKeyValidator: to } = deployment
    expect(codec.revokeSessions(deployment, ids)).toEqual({ to, value: 0n, data })
  })

  test('behavior: a spec comes back from its bytes as the chain enforces it', () => {
    const signer = fc.bigInt(1n, 2n ** 160n - 1n).map((value) => numberToHex(value, { size: 20 }))
    const specs = specArbitrary(wideAmounts, signer, fc.integer({ min: 0, max: 2 ** 48 - 1 }))
    fc.assert(
      fc.property(specs, (spec) => {
        const enforced = <policy extends object>(policy: policy) => ({ ...policy, useLimit: unlimited })
        expect(codec.decodeSpec(codec.encodeSpec(spec))).toEqual({
          ...spec,
          paymaster: { mode: 'Any' },
          transferPolicies: spec.transferPolicies.map(enforced),
          callPolicies: spec.callPolicies.map(enforced),
        })
      }),
      { numRuns: 50 },
    )
    expect(() => codec.decodeSpec('0x1234')).toThrow('canonical')
  }, 20_000)

  test('error: what the contracts would refuse, and two calls at once', () => {
    const [session] = sessions
    if (session === undefined) throw new Error('There are vectors.')
    const { spec } = session
    expect(() => codec.encodeSpec({ ...spec, feeLimit: unlimited })).toThrow('feeLimit')
    expect(() => codec.encodeSpec({ ...spec, signer: `0x${'00'.repeat(20)}` })).toThrow('signer')
    expect(() => codec.encodeSpec({ ...spec, transferPolicies: [] })).toThrow('policies')
    const endless = { limitType: 'Allowance', limit: 1n, period: 0 } as const
    expect(() => codec.encodeSpec({ ...spec, feeLimit: endless })).toThrow('feeLimit.period')
    const parts = { deployment, spec, timestamp: 1, deadline: 1, policyIndex: [0, 0] }
    expect(() => codec.sessionStub(parts)).toThrow('one call at a time')
    expect(() => codec.createSession(deployment, spec, null)).toThrow('proof')
  })
})
