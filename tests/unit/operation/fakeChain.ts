import {
  decodeFunctionData,
  encodeAbiParameters,
  encodeEventTopics,
  encodeFunctionResult,
  multicall3Abi,
  numberToHex,
  toFunctionSelector,
  type Hex,
} from 'viem'
import { decodeSpec } from '@/lib/account/codecs/latchkey/decodeSpec'
import { entryPointAbi } from '@/lib/chains/abi/entryPoint.gen'
import { sessionKeyValidatorAbi } from '@/lib/chains/abi/sessionKeyValidator.gen'
import { localNetwork } from '@/lib/chains/localNetwork'
import type { Network } from '@/lib/chains/network'
import type { OperationRow } from '@/lib/operation/row'
import { policiesOf } from '@/lib/policy/cells'
import { remaining } from '@/lib/policy/remaining'
import type { Usage } from '@/lib/policy/usage'
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
    /** What the session module answers of every session; `null`: it answers nothing. */
    session: { status: number; used: Usage } | null
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
    session: { status: 1, used: {} },
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
      const { data, to } = call as { data: Hex; to?: string }
      if (to === undefined) return sessionStates(data, state)
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

/** Answers several `sessionState` calls that come as one, by a contract made for the purpose. */
function sessionStates(data: Hex, { session }: FakeChain['state']): Hex {
  const selector = toFunctionSelector('aggregate3((address,bool,bytes)[])').slice(2)
  const { args } = decodeFunctionData({
    abi: multicall3Abi,
    data: `0x${data.slice(data.lastIndexOf(selector))}`,
  })
  const result = (args[0] as readonly { callData: Hex }[]).map(({ callData }) => ({
    success: true,
    returnData: session === null ? ('0x' as const) : stateOf(callData, session),
  }))
  return encodeFunctionResult({ abi: multicall3Abi, functionName: 'aggregate3', result })
}

function stateOf(data: Hex, { status, used }: { status: number; used: Usage }): Hex {
  const { args } = decodeFunctionData({ abi: sessionKeyValidatorAbi, data })
  const spec = decodeSpec(args?.[1] as Hex)
  const left = new Map(
    remaining(spec, used, 0).map((entry) => [
      entry.cell as string,
      [entry.left, entry.resetsAt ?? 0] as const,
    ]),
  )
  const most = 2n ** 256n - 1n
  const of = (cell: string) => left.get(cell) ?? ([most, 0] as const)
  const policies = policiesOf(spec).map((policy, index) => ({
    usesLeft: of(`${index}.uses`)[0],
    usesPeriodEnd: of(`${index}.uses`)[1],
    valueLeft: of(`${index}.value`)[0],
    valuePeriodEnd: of(`${index}.value`)[1],
    constraints: (policy.kind === 'call' ? policy.constraints : []).map((_, place) => {
      const [argumentLeft, periodEnd] = of(`${index}.argument.${place}`)
      return { left: argumentLeft, periodEnd }
    }),
  }))
  const [feeLeft, feePeriodEnd] = of('fee')
  const active = status === 1
  return encodeFunctionResult({
    abi: sessionKeyValidatorAbi,
    functionName: 'sessionState',
    result: {
      status,
      feeLeft: active ? feeLeft : 0n,
      feePeriodEnd: active ? feePeriodEnd : 0,
      policies: active ? policies : [],
    },
  })
}

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
