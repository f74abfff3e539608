import { TransactionReceiptNotFoundError } from 'viem'
import { getNetwork, UnknownNetworkError } from '@/lib/chains/networks'
import type { Network } from '@/lib/chains/network'
import { publicClient } from '@/lib/chains/publicClient'
import { UnreachableError } from '@/lib/chains/UnreachableError'
import type { OperationContext } from '@/lib/operation/context'
import { amend } from '@/lib/operation/journal'
import { operations, type OperationRow } from '@/lib/operation/row'

/**
 * Looks whether included operations stand in final blocks by now. One whose transaction a reorganisation took away is pending again
 * and will be sent again; its charges stay counted.
 */
export async function finalise(context: OperationContext): Promise<void> {
  const rows = await operations.index(context.database, 'byStatus', 'included')
  for (const chainId of new Set(rows.map((row) => row.chainId))) {
    try {
      const network = await getNetwork(context.database, chainId)
      const finalBlock = await newestFinalBlock(network)
      for (const row of rows)
        if (row.chainId === chainId && row.blockNumber !== undefined && row.blockNumber <= finalBlock)
          await finaliseOne(context, network, row, finalBlock)
    } catch (error) {
      // Asked again at the next pass.
      if (!(error instanceof UnreachableError || error instanceof UnknownNetworkError)) throw error
    }
  }
}

async function newestFinalBlock(network: Network): Promise<bigint> {
  try {
    return (await publicClient(network).getBlock({ blockTag: 'finalized' })).number
  } catch (cause) {
    throw new UnreachableError('node', network.name, network.rpcUrl, cause)
  }
}

async function finaliseOne(
  context: OperationContext,
  network: Network,
  row: OperationRow,
  finalBlock: bigint,
): Promise<void> {
  const blockNumber = await blockOf(network, row)
  await amend(context, row.id, (before) => {
    if (before.status !== 'included') return null
    if (blockNumber === null)
      return { ...before, status: 'sent', transactionHash: undefined, blockNumber: undefined }
    return { ...before, blockNumber, status: blockNumber <= finalBlock ? 'final' : 'included' }
  })
}

async function blockOf(network: Network, { transactionHash }: OperationRow): Promise<bigint | null> {
  if (transactionHash === undefined) return null
  try {
    return (await publicClient(network).getTransactionReceipt({ hash: transactionHash })).blockNumber
  } catch (cause) {
    if (cause instanceof TransactionReceiptNotFoundError) return null
    throw new UnreachableError('node', network.name, network.rpcUrl, cause)
  }
}
