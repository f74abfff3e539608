import { concat, encodeFunctionData, numberToHex, parseAbi, type Address, type Hex } from 'viem'
import { privateKeyToAddress, sign } from 'viem/accounts'
import { codecFor } from '@/lib/account/codecs/codec'
import { latchkey } from '@/lib/chains/deployments/latchkey'
import type { Call } from '@/lib/policy/call'
import type { SessionSpec } from '@/lib/policy/spec'
import { devKeys } from '../../../demo/stack/chain/devKeys.mjs'
import { rpc } from '../../../demo/stack/chain/rpc.mjs'
import { sponsorHash } from '../../../demo/stack/paymaster/sponsorHash.mjs'
import { bundler, fixed, type BedAccount, type WalletBed } from './walletBed'

const codec = codecFor('latchkey')
const sessionKey = fixed('session key')
const abi = parseAbi([
  'struct Op { address sender; uint256 nonce; bytes initCode; bytes callData; bytes32 accountGasLimits; uint256 preVerificationGas; bytes32 gasFees; bytes paymasterAndData; bytes signature; }',
  'function handleOps(Op[] ops, address beneficiary)',
  'function getUserOpHash(Op op) view returns (bytes32)',
  'function getNonce(address sender, uint192 key) view returns (uint256)',
])
const maxFeePerGas = 2_000_000_000n
const preVerificationGas = 50_000n
const minute = 60

/** Address of the session key of the bed. */
export const sessionSigner = privateKeyToAddress(sessionKey)

/** What an operation does, and who signs it. */
export type Plan = {
  readonly account: BedAccount
  readonly calls: readonly Call[]
  /** Signed by the session key; else by the passkey. `policyIndex` has one number a call. */
  readonly session?: { readonly spec: SessionSpec; readonly policyIndex: readonly number[] }
  readonly lane?: number
  /** Deploys the account first. */
  readonly deploys?: boolean
  /** The bed's paymaster pays. */
  readonly sponsored?: boolean
}

/** Gas limits of an operation. */
export type Limits = { readonly verification: bigint; readonly call: bigint; readonly paymaster: bigint }

/** More than any operation needs. */
export const generous: Limits = { verification: 3_000_000n, call: 1_000_000n, paymaster: 300_000n }

/** `handleOps` calldata of one signed operation. */
export async function handleOpsData(bed: WalletBed, plan: Plan, limits: Limits): Promise<Hex> {
  const { account, calls, session } = plan
  const { timestamp } = await rpc(bed.rpcUrl, 'eth_getBlockByNumber', ['latest', false])
  const now = Number(timestamp)
  const deadline = now + 5 * minute
  const lane = plan.lane ?? 0
  const key = session ? codec.sessionNonceKey(latchkey, lane) : codec.passkeyNonceKey(lane)
  const unsigned = {
    sender: account.address,
    nonce: BigInt(
      await call(bed, encodeFunctionData({ abi, functionName: 'getNonce', args: [account.address, key] })),
    ),
    initCode: plan.deploys ? concat([account.factory, account.factoryData]) : ('0x' as Hex),
    callData: codec.encodeCalls(calls),
    accountGasLimits: pair(limits.verification, limits.call),
    preVerificationGas,
    gasFees: pair(1n, maxFeePerGas),
    paymasterAndData: '0x' as Hex,
    signature: '0x' as Hex,
  }
  if (plan.sponsored) unsigned.paymasterAndData = await sponsor(bed, unsigned, limits, deadline)
  const hash = await call(bed, encodeFunctionData({ abi, functionName: 'getUserOpHash', args: [unsigned] }))
  const signature = session
    ? await signSession(session, hash, now, deadline)
    : account.owner.sign(hash, deadline)
  return encodeFunctionData({ abi, functionName: 'handleOps', args: [[{ ...unsigned, signature }], bundler] })
}

async function signSession(
  session: NonNullable<Plan['session']>,
  userOpHash: Hex,
  timestamp: number,
  deadline: number,
) {
  const hash = codec.sessionHash(userOpHash, codec.sessionId(session.spec), timestamp, deadline)
  const { r, s, yParity = 0 } = await sign({ hash, privateKey: sessionKey, to: 'object' })
  return codec.sessionSignature({ ...session, timestamp, deadline }, { r, s, yParity })
}

type Unsigned = { sender: Address; nonce: bigint; callData: Hex }

async function sponsor(
  { paymaster, rpcUrl }: WalletBed,
  op: Unsigned,
  limits: Limits,
  validUntil: number,
): Promise<Hex> {
  const hash = sponsorHash(
    {
      sender: op.sender,
      nonce: numberToHex(op.nonce),
      callData: op.callData,
      verificationGasLimit: numberToHex(limits.verification),
      callGasLimit: numberToHex(limits.call),
      preVerificationGas: numberToHex(preVerificationGas),
      maxPriorityFeePerGas: '0x1',
      maxFeePerGas: numberToHex(maxFeePerGas),
      paymasterVerificationGasLimit: numberToHex(limits.paymaster),
      paymasterPostOpGasLimit: '0x1',
    },
    { chainId: Number(await rpc(rpcUrl, 'eth_chainId')), paymaster, validUntil },
  )
  const signature = await sign({ hash, privateKey: devKeys.sponsor.privateKey, to: 'hex' })
  return concat([paymaster, pair(limits.paymaster, 1n), numberToHex(validUntil, { size: 6 }), signature])
}

function call({ rpcUrl }: WalletBed, data: Hex): Promise<Hex> {
  return rpc(rpcUrl, 'eth_call', [{ to: latchkey.entryPoint, data }, 'latest'])
}

function pair(high: bigint, low: bigint): Hex {
  return concat([numberToHex(high, { size: 16 }), numberToHex(low, { size: 16 })])
}
