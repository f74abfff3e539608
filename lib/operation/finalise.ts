import { TransactionReceiptNotFoundError } from 'viem'
import { getNetwork, UnknownNetworkError } from '@/lib/chains/networks'
import type { Network } from '@/lib/chains/network'
import { publicClient } from '@/lib/chains/publicClient'
import { UnreachableError } from '@/lib/chains/UnreachableError'
import type { OperationContext } from '@/lib/operation/context'
import { amend } from '@/lib/operation/journal'
import { operations, type OperationRow } from '@/lib/operation/row'
import { sessions } from '@/lib/session/sessions'
import type { Transaction } from '@/lib/storage/transact'

/**
 * Looks whether settled operations still stand in their blocks, and whether those are final by now. One whose transaction a
 * reorganisation took away is pending again and will be sent again; its charges stay counted, and the sessions that it created or
 * closed are as before it.
 */
export async function finalise(context: OperationContext): Promise<void> {
  const rows = [
    ...(await operations.index(context.database, 'byStatus', 'included')),
    ...(await operations.index(context.database, 'byStatus', 'failed')).filter((row) => row.isFinal !== true),
  ]
  for (const chainId of new Set(rows.map((row) => row.chainId))) {
    try {
      const network = await getNetwork(context.database, chainId)
      const [finalBlock, latest] = await Promise.all([
        blockAt(network, 'finalized'),
        blockAt(network, 'latest'),
      ])
      // A node that is behind the block cannot tell that it is gone.
      for (const row of rows)
        if (row.chainId === chainId && row.blockNumber !== undefined && row.blockNumber <= latest)
          await finaliseOne(context, network, row, finalBlock)
    } catch (error) {
      // Asked again at the next pass.
      if (!(error instanceof UnreachableError || error instanceof UnknownNetworkError)) throw error
    }
  }
}

async function blockAt(network: Network, blockTag: 'finalized' | 'latest'): Promise<bigint> {
  try {
    return (await publicClient(network).getBlock({ blockTag })).number
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
  if (blockNumber === row.blockNumber && blockNumber > finalBlock) return
  await amend(
    context,
    row.id,
    async (before, transaction) => {
      if (before.status !== row.status || before.transactionHash !== row.transactionHash) return null
      if (blockNumber === null) {
        context.lanes.leave(before, false)
        await undoSessions(transaction, before)
        const gone = {
          transactionHash: undefined,
          blockNumber: undefined,
          success: undefined,
          error: undefined,
        }
        return { ...before, ...gone, status: 'sent' }
      }
      if (blockNumber > finalBlock) return { ...before, blockNumber }
      return before.status === 'failed'
        ? { ...before, blockNumber, isFinal: true }
        : { ...before, blockNumber, status: 'final' }
    },
    { stores: ['sessions'] },
  )
}

async function undoSessions(transaction: Transaction, row: OperationRow): Promise<void> {
  const { purpose, sessionIds, replacesIds, id: operationId } = row
  for (const id of replacesIds ?? []) {
    const session = await sessions.get(transaction, id)
    // Its key is gone already: should the operation never come back, the session is open on chain and nobody here signs for it.
    if (session?.status === 'closed')
      await sessions.put(transaction, {
        ...session,
        status: 'closing',
        replacing: { operationId, before: 'active' },
      })
  }
  for (const id of sessionIds ?? []) {
    const session = await sessions.get(transaction, id)
    if (session === undefined) continue
    if (purpose === 'revoke' && session.status === 'closed')
      await sessions.put(transaction, { ...session, status: 'closing' })
    if (purpose === 'create-session' && (session.status === 'active' || session.status === 'failed'))
      await sessions.put(transaction, { ...session, status: 'pending' })
  }
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
