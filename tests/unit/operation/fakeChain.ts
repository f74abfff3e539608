import { decodeFunctionData, encodeAbiParameters, encodeEventTopics, numberToHex, type Hex } from 'viem'
import { entryPointAbi } from '@/lib/chains/abi/entryPoint.gen'
import { localNetwork } from '@/lib/chains/localNetwork'
import type { Network } from '@/lib/chains/network'
import type { OperationRow } from '@/lib/operation/row'
import { fakeServer, RpcFailure, type FakeServer } from '../bundler/fakeServer'
import { operationRow } from './operationRow'

/** A chain and a bundler whose state tests set. */
export type FakeChain = {
  readonly network: Network
  readonly bundler: FakeServer
  /** Bytes that the bundler was sent, in order. */
  readonly sent: Hex[]
  state: {
    latest: { number: bigint; timestamp: number }
    finalized: bigint
    /** Of the final block. */
    finalTimestamp: number
    /** Whether the node knows of final blocks. */
    knowsFinal: boolean
    /** Nonce in the latest block, as long as nothing is included. */
    nonce: bigint
    /** The operation that is in a block, and whether the bundler says so. */
    included: { row: OperationRow; success: boolean; blockNumber: bigint } | null
    /** Whether the transaction that was to include it stands in its block without it: the whole bundle reverted. */
    bundleReverted: boolean
    /** Block in which another operation used the nonce of `included`'s row, or of any. */
    usedByOther: bigint | null
    bundlerKnows: boolean
    bundlerIsDown: boolean
    /** Of the account. */
    code: Hex
    balance: bigint
    gasPrice: bigint
  }
  close(): Promise<void>
}

const transactionHash: Hex = `0x${'77'.repeat(32)}`

/** Starts both servers. */
export async function fakeChain(): Promise<FakeChain> {
  const state: FakeChain['state'] = {
    latest: { number: 100n, timestamp: 1_000 },
    finalized: 36n,
    finalTimestamp: 900,
    knowsFinal: true,
    nonce: 0n,
    included: null,
    bundleReverted: false,
    usedByOther: null,
    bundlerKnows: true,
    bundlerIsDown: false,
    code: '0x60',
    balance: 10n ** 18n,
    gasPrice: 10n,
  }
  const sent: Hex[] = []
  const up = () => {
    if (state.bundlerIsDown) throw new RpcFailure(-32000, 'tired')
  }
  const node = await fakeServer({
    eth_getBlockByNumber: ([tag]) => {
      if (tag !== 'finalized')
        return { number: numberToHex(state.latest.number), timestamp: numberToHex(state.latest.timestamp) }
      if (!state.knowsFinal) throw new RpcFailure(-32602, 'unknown block tag')
      return { number: numberToHex(state.finalized), timestamp: numberToHex(state.finalTimestamp) }
    },
    eth_call: ([call]) => {
      const { data } = call as { data: Hex }
      const { functionName, args } = decodeFunctionData({ abi: entryPointAbi, data })
      const isUsed = state.included !== null || state.usedByOther !== null
      const sequence = isUsed ? 1n : state.nonce
      const nonce = functionName === 'getNonce' ? (args[1] << 64n) | sequence : 0n
      return encodeAbiParameters([{ type: 'uint256' }], [nonce])
    },
    eth_getCode: () => state.code,
    eth_getBalance: () => numberToHex(state.balance),
    eth_getLogs: () => {
      if (state.usedByOther !== null) return [logOf({ ...strangers, blockNumber: state.usedByOther })]
      return state.included === null ? [] : [logOf(state.included)]
    },
    eth_getTransactionReceipt: () => {
      if (state.included === null) return null
      const logs = state.bundleReverted ? [] : [logOf(state.included)]
      return { ...receiptOf(state.included.blockNumber), logs }
    },
  })
  const bundler = await fakeServer({
    eth_getUserOperationReceipt: () => {
      up()
      if (state.included === null || !state.bundlerKnows) return null
      const { row, success, blockNumber } = state.included
      return {
        userOpHash: row.userOpHash,
        success,
        actualGasUsed: '0x100',
        actualGasCost: '0x200',
        receipt: receiptOf(blockNumber),
      }
    },
    pimlico_getUserOperationGasPrice: () => {
      const price = numberToHex(state.gasPrice)
      return { standard: { maxFeePerGas: price, maxPriorityFeePerGas: price } }
    },
    eth_estimateUserOperationGas: () => ({
      preVerificationGas: '0x3e8',
      verificationGasLimit: '0x3e8',
      callGasLimit: '0x3e8',
    }),
    eth_sendUserOperation: ([userOp]) => {
      up()
      sent.push((userOp as { signature: Hex }).signature)
      return `0x${'ab'.repeat(32)}`
    },
  })
  const network = { ...localNetwork, rpcUrl: node.url, bundlerUrl: bundler.url, builtIn: false }
  const close = async () => {
    await node.close()
    await bundler.close()
  }
  return { network, bundler, sent, state, close }
}

const strangers = { row: operationRow({ userOpHash: `0x${'cd'.repeat(32)}` }), success: true }

const receiptOf = (blockNumber: bigint) => ({
  transactionHash,
  blockNumber: numberToHex(blockNumber),
  status: '0x1',
  logs: [],
})

function logOf({ row, success, blockNumber }: NonNullable<FakeChain['state']['included']>) {
  const topics = encodeEventTopics({
    abi: entryPointAbi,
    eventName: 'UserOperationEvent',
    args: { userOpHash: row.userOpHash, sender: row.account, paymaster: row.account },
  })
  const data = encodeAbiParameters(
    [{ type: 'uint256' }, { type: 'bool' }, { type: 'uint256' }, { type: 'uint256' }],
    [row.nonce, success, 512n, 256n],
  )
  return {
    address: localNetwork.deployment.entryPoint,
    topics,
    data,
    blockNumber: numberToHex(blockNumber),
    transactionHash,
    blockHash: transactionHash,
    logIndex: '0x0',
    transactionIndex: '0x0',
    removed: false,
  }
}
