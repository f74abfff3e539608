import { parseEventLogs, TransactionReceiptNotFoundError, type Hex } from 'viem'
import type { Head } from '@/lib/bundler/clock'
import { entryPointAbi } from '@/lib/chains/abi/entryPoint.gen'
import { getNetwork, UnknownNetworkError } from '@/lib/chains/networks'
import type { Network } from '@/lib/chains/network'
import { publicClient } from '@/lib/chains/publicClient'
import { UnreachableError } from '@/lib/chains/UnreachableError'
import { undoInclusion } from '@/lib/operation/applyFate'
import type { OperationContext } from '@/lib/operation/context'
import { amend } from '@/lib/operation/journal'
import { readHead } from '@/lib/operation/readHead'
import { operations, type OperationRow } from '@/lib/operation/row'
import type { Database } from '@/lib/storage/database'

/** Operations that are in a block which is not known to be final yet. */
export async function notYetFinal(database: Database): Promise<OperationRow[]> {
  return [
    ...(await operations.index(database, 'byStatus', 'included')),
    ...(await operations.index(database, 'byStatus', 'failed')).filter((row) => row.isFinal !== true),
  ]
}

/**
 * Looks whether settled operations still stand in their blocks, and whether those are final by now. One that a reorganisation took
 * away, or let end otherwise, is pending again: its charges stay reserved, and the sessions that it created or closed are as before
 * it.
 */
export async function finalise(context: OperationContext): Promise<void> {
  const rows = await notYetFinal(context.database)
  for (const chainId of new Set(rows.map((row) => row.chainId))) {
    try {
      const network = await getNetwork(context.database, chainId)
      const [final, latest] = await Promise.all([readHead(network, 'finalized'), readHead(network, 'latest')])
      // A node that is behind the block cannot tell that it is gone.
      for (const row of rows)
        if (row.chainId === chainId && row.blockNumber !== undefined && row.blockNumber <= latest.number)
          await finaliseOne(context, network, row, final)
    } catch (error) {
      // Asked again at the next pass.
      if (!(error instanceof UnreachableError || error instanceof UnknownNetworkError)) throw error
    }
  }
}

async function finaliseOne(
  context: OperationContext,
  network: Network,
  row: OperationRow,
  final: Head,
): Promise<void> {
  const standing = row.transactionHash && (await find(network, row, row.transactionHash))
  if (!standing || standing.success !== row.success) return void (await undoInclusion(context, row))
  const { blockNumber } = standing
  const isFinal = blockNumber <= final.number
  if (blockNumber === row.blockNumber && !isFinal) return
  await amend(context, row.id, (before) => {
    if (before.status !== row.status || before.transactionHash !== row.transactionHash) return null
    if (!isFinal) return { ...before, blockNumber }
    return before.status === 'failed'
      ? { ...before, blockNumber, isFinal: true }
      : { ...before, blockNumber, status: 'final' }
  })
}

/** How the operation stands in its transaction; `null` when that is in no block, or in one without it. */
async function find(
  network: Network,
  row: OperationRow,
  hash: Hex,
): Promise<{ blockNumber: bigint; success: boolean } | null> {
  try {
    const { logs, blockNumber } = await publicClient(network).getTransactionReceipt({ hash })
    const events = parseEventLogs({ abi: entryPointAbi, eventName: 'UserOperationEvent', logs })
    const own = events.find(
      ({ address, args }) =>
        args.userOpHash === row.userOpHash &&
        address.toLowerCase() === network.deployment.entryPoint.toLowerCase(),
    )
    return own === undefined ? null : { blockNumber, success: own.args.success }
  } catch (cause) {
    if (cause instanceof TransactionReceiptNotFoundError) return null
    throw new UnreachableError('node', network.name, network.rpcUrl, cause)
  }
}
