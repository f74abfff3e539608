import { encodeAbiParameters, numberToHex, parseAbiParameters, type Address, type Hex } from 'viem'
import type { Call } from '@/lib/policy/call'
import { account, codec, latchkey } from './world'
import type { Damage, OperationStep } from './scenario'

const batchParameters = parseAbiParameters('(address target, uint256 value, bytes callData)[]')
const nonce = codec.sessionNonceKey(latchkey, 0) << 64n

/** `validateUserOp((address,uint256,bytes,bytes,bytes32,uint256,bytes32,bytes,bytes),bytes32,uint256)` */
const validateUserOp = '0x19822f7c'

/** Calldata of an operation: the wallet's, and then what somebody does to it. */
export function encodeCallData(calls: readonly Call[], damage: Damage | undefined): Hex {
  const lower = calls.map(lowerCase)
  // An operation without calls is one that the wallet cannot make.
  const isWallets = damage?.kind !== 'batch' && calls.length > 0
  return damaged(isWallets ? codec.encodeCalls(lower) : encodeBatch(lower), damage)
}

function encodeBatch(calls: readonly Call[]): Hex {
  const batch = calls.map(({ to, value, data }) => ({ target: to, value, callData: data }))
  const mode = `01${'00'.repeat(31)}`
  return `0xe9ae5c53${mode}${hexWord(64n)}${bytesTail(encodeAbiParameters(batchParameters, [batch]))}`
}

/** The encoder refuses mixed case that is no checksum, which the check takes. */
function lowerCase(call: Call): Call {
  return { ...call, to: call.to.toLowerCase() as Address }
}

function damaged(callData: Hex, damage: Damage | undefined): Hex {
  if (damage === undefined || damage.kind === 'batch') return callData
  if (damage.kind === 'append') return `${callData}${'00'.repeat(damage.bytes)}`
  if (damage.kind === 'cut') return callData.slice(0, Math.max(2, callData.length - 2 * damage.bytes)) as Hex
  const place = 2 + 2 * (damage.at % Math.max(1, (callData.length - 2) / 2))
  const byte = Number.parseInt(callData.slice(place, place + 2), 16) ^ damage.mask
  return `${callData.slice(0, place)}${byte.toString(16).padStart(2, '0')}${callData.slice(place + 2)}` as Hex
}

/** What EntryPoint asks the account: `validateUserOp` of the packed operation. */
export function encodeValidation(step: OperationStep, callData: Hex, signature: Hex, userOpHash: Hex): Hex {
  const [before, verification, calls, paymasterVerification, paymasterAfter] = step.gas
  const paymasterAndData = step.paymaster
    ? `0x${step.paymaster.slice(2)}${half(paymasterVerification)}${half(paymasterAfter)}`
    : '0x'
  const tails = ['0x', callData, paymasterAndData, signature].map((bytes) => bytesTail(bytes as Hex))
  let offset = 9n * 32n
  const offsets = tails.map((tail) => {
    const at = hexWord(offset)
    offset += BigInt(tail.length / 2)
    return at
  })
  const head = [
    hexWord(96n),
    userOpHash.slice(2),
    hexWord(0n),
    hexWord(BigInt(account)),
    hexWord(nonce),
    offsets[0],
    offsets[1],
    `${half(verification)}${half(calls)}`,
    hexWord(before),
    `${half(1n)}${half(step.maxFeePerGas)}`,
    offsets[2],
    offsets[3],
  ]
  return `${validateUserOp}${head.join('')}${tails.join('')}`
}

function bytesTail(bytes: Hex): string {
  const length = (bytes.length - 2) / 2
  return `${hexWord(BigInt(length))}${bytes.slice(2)}${'00'.repeat((32 - (length % 32)) % 32)}`
}

function hexWord(value: bigint): string {
  return value.toString(16).padStart(64, '0')
}

/** 16 bytes. */
function half(value: bigint): string {
  return numberToHex(value, { size: 16 }).slice(2)
}
