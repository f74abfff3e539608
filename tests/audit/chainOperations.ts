import {
  decodeFunctionData,
  hexToBigInt,
  keccak256,
  size,
  slice,
  type Address,
  type Hex,
  type PublicClient,
} from 'viem'
import { entryPoint08Abi } from 'viem/account-abstraction'
import { decodeExecute } from '@/lib/account/codecs/executeCalls'
import { latchkey } from '@/lib/chains/deployments/latchkey'
import type { Call } from '@/lib/policy/call'

/** An operation of a session, as the chain has it. */
export type ChainOperation = {
  readonly userOpHash: Hex
  readonly transactionHash: Hex
  readonly blockNumber: bigint
  readonly success: boolean
  readonly calls: readonly Call[]
  /** Time hint of its signature, unix seconds: it names the periods. */
  readonly timestamp: number
  /** Largest possible fee, in wei, as the session's fee limit counts it. */
  readonly fee: bigint
  readonly paymaster: Address | undefined
}

const { entryPoint, sessionKeyValidator } = latchkey

/**
 * Every operation that a session of an account signed and a block took, in the order of the chain, from EntryPoint's events and the
 * calldata of the bundles that carried them.
 *
 * @throws {Error} A bundle went to EntryPoint through another contract, so that its operations cannot be read.
 */
export async function chainOperations(
  client: PublicClient,
  account: Address,
  id: Hex,
): Promise<ChainOperation[]> {
  const events = await client.getContractEvents({
    address: entryPoint,
    abi: entryPoint08Abi,
    eventName: 'UserOperationEvent',
    args: { sender: account },
    fromBlock: 0n,
    strict: true,
  })
  const found: ChainOperation[] = []
  for (const { args, transactionHash, blockNumber } of events) {
    if (args.nonce >> 96n !== BigInt(sessionKeyValidator)) continue
    const packed = await packedOf(client, transactionHash, account, args.nonce)
    const calls = decodeExecute(packed.callData)
    const head = 76 + calls.length
    if (size(packed.signature) <= head || keccak256(slice(packed.signature, head)) !== id) continue
    const { userOpHash, success } = args
    const timestamp = Number(hexToBigInt(slice(packed.signature, 64, 70)))
    found.push({ userOpHash, transactionHash, blockNumber, success, calls, timestamp, ...feeOf(packed) })
  }
  return found
}

type Packed = Awaited<ReturnType<typeof packedOf>>

async function packedOf(client: PublicClient, hash: Hex, account: Address, nonce: bigint) {
  const { input, to } = await client.getTransaction({ hash })
  if (to?.toLowerCase() !== entryPoint.toLowerCase())
    throw new Error(`The bundle ${hash} went through another contract: its operations cannot be read.`)
  const { functionName, args } = decodeFunctionData({ abi: entryPoint08Abi, data: input })
  if (functionName !== 'handleOps') throw new Error(`The bundle ${hash} is no plain handleOps.`)
  const packed = args[0].find(
    (operation) => operation.nonce === nonce && operation.sender.toLowerCase() === account.toLowerCase(),
  )
  if (packed === undefined) throw new Error(`The bundle ${hash} lacks the operation that its event names.`)
  return packed
}

function feeOf({ accountGasLimits, preVerificationGas, gasFees, paymasterAndData }: Packed) {
  const isPaid = size(paymasterAndData) >= 52
  const half = (word: Hex, index: 0 | 1) => hexToBigInt(slice(word, index * 16, index * 16 + 16))
  const paymasterGas = isPaid
    ? half(slice(paymasterAndData, 20, 52), 0) + half(slice(paymasterAndData, 20, 52), 1)
    : 0n
  const gas = half(accountGasLimits, 0) + half(accountGasLimits, 1) + preVerificationGas + paymasterGas
  return { fee: gas * half(gasFees, 1), paymaster: isPaid ? slice(paymasterAndData, 0, 20) : undefined }
}
