import { encodeEventTopics, isAddressEqual, numberToHex, parseAbi, type Hex, type Log } from 'viem'
import { entryPointAbi } from '@/lib/chains/abi/entryPoint.gen'
import type { Network } from '@/lib/chains/network'
import { publicClient } from '@/lib/chains/publicClient'
import { UnreachableError } from '@/lib/chains/UnreachableError'
import type { OperationRow } from '@/lib/operation/row'

/** Status codes of EIP-5792. */
const statusCodes: Record<OperationRow['status'], number> = {
  reserved: 100,
  signed: 100,
  sent: 100,
  included: 200,
  final: 200,
  failed: 500,
  void: 400,
}

/**
 * What `wallet_getCallsStatus` answers for an operation. The receipt holds the logs of this operation alone, not those of others
 * in the same bundle.
 *
 * @see https://eips.ethereum.org/EIPS/eip-5792#wallet_getcallsstatus
 */
export async function callsStatus(network: Network, row: OperationRow, id: string): Promise<unknown> {
  const status = statusCodes[row.status]
  const base = { version: '2.0.0', id, chainId: numberToHex(row.chainId), status, atomic: true }
  if ((status !== 200 && status !== 500) || row.transactionHash === undefined) return base
  return { ...base, receipts: [await receiptOf(network, row, row.transactionHash)] }
}

/** What it answers for calls that still wait for the owner. */
export function pendingStatus(chainId: number, id: string): unknown {
  return { version: '2.0.0', id, chainId: numberToHex(chainId), status: 100, atomic: true }
}

async function receiptOf(network: Network, row: OperationRow, hash: Hex): Promise<unknown> {
  const receipt = await publicClient(network)
    .getTransactionReceipt({ hash })
    .catch((cause: unknown) => {
      throw new UnreachableError('node', network.name, network.rpcUrl, cause)
    })
  return {
    logs: ownLogs(receipt.logs, network, row.userOpHash).map(({ address, data, topics }) => ({
      address,
      data,
      topics,
    })),
    status: row.status === 'failed' ? '0x0' : '0x1',
    blockHash: receipt.blockHash,
    blockNumber: numberToHex(receipt.blockNumber),
    gasUsed: numberToHex(row.gasUsed ?? receipt.gasUsed),
    transactionHash: hash,
  }
}

const [operationTopic] = encodeEventTopics({ abi: entryPointAbi, eventName: 'UserOperationEvent' })
const [executionTopic] = encodeEventTopics({ abi: parseAbi(['event BeforeExecution()']) })

/** EntryPoint marks the end of each operation with its event, and the end of all validation with `BeforeExecution`. */
function ownLogs(logs: readonly Log[], { deployment }: Network, userOpHash: Hex): readonly Log[] {
  const isMark = ({ address, topics: [topic] }: Log) =>
    isAddressEqual(address, deployment.entryPoint) && (topic === operationTopic || topic === executionTopic)
  const end = logs.findIndex((log) => isMark(log) && log.topics[1] === userOpHash)
  const start = logs.findLastIndex((log, index) => index < end && isMark(log))
  return logs.slice(start + 1, Math.max(end, 0))
}
