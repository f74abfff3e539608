import { getNetwork, UnknownNetworkError } from '@/lib/chains/networks'
import { UnreachableError } from '@/lib/chains/UnreachableError'
import { abandon } from '@/lib/operation/abandon'
import { authorizeLock, type OperationContext } from '@/lib/operation/context'
import { finalise } from '@/lib/operation/finalise'
import { isIntact } from '@/lib/operation/isIntact'
import { amend } from '@/lib/operation/journal'
import { rebuild } from '@/lib/operation/rebuild'
import { expectedUntil, isUnderWay, operations, type OperationRow } from '@/lib/operation/row'
import { look } from '@/lib/operation/settle'
import { submitOperation } from '@/lib/operation/submitOperation'
import { unsettled } from '@/lib/operation/unsettled'

/**
 * One pass over the journal, at the start of the worker and by alarm. Reservations that were never signed go; what is included is
 * checked for standing in its block and for being final; what was signed is looked for on the chain and, while it may still be
 * included, sent again: the same bytes. Usage that is not known is read from the chain. Without an answer from a chain its operations
 * stay as they are.
 *
 * @returns The operations that are under way; `settle` watches one closely.
 */
export async function recover(context: OperationContext): Promise<OperationRow[]> {
  await dropUnsigned(context)
  await dropOver(context)
  await finalise(context)
  const open: OperationRow[] = []
  for (const row of await unsettled(context.database)) {
    if (row.status === 'reserved' || !isIntact(row)) continue
    const left = await pursue(context, row)
    if (left !== null && isUnderWay(left)) open.push(left)
  }
  await rebuild(context)
  return open
}

async function pursue(context: OperationContext, row: OperationRow): Promise<OperationRow | null> {
  // Watched closely already.
  if (context.watching.has(row.id)) return row
  try {
    const network = await getNetwork(context.database, row.chainId)
    const seen = await look(context, network, row, true)
    if (seen !== null) return seen
    return isUnderWay(row) ? (await submitOperation(context, row)).row : row
  } catch (error) {
    // The user removed the network: the operation waits for it to come back, and cannot be watched until then.
    if (error instanceof UnknownNetworkError) return null
    throw error
  }
}

/**
 * Gives up the reservations of sessions that nobody signs any more: signing happens under the lock that is held here. To be done
 * before an earlier worker's request is taken up again, or its reservation would count beside the new one.
 */
export async function dropUnsigned(context: OperationContext): Promise<void> {
  await context.locks.request(authorizeLock, async () => {
    for (const row of await unsettled(context.database)) {
      if (row.sessionId === null) continue
      if (row.status === 'reserved') await abandon(context, row.id)
      else if (row.replacement !== undefined)
        await amend(context, row.id, (before) => ({ ...before, replacement: undefined }))
    }
  })
}

/** Gives up an owner's reservations when their deadline passed, as the authenticator may still answer before. */
async function dropOver(context: OperationContext): Promise<void> {
  for (const row of await operations.index(context.database, 'byStatus', 'reserved'))
    if (row.sessionId === null && (await isOver(context, row))) await abandon(context, row.id)
}

async function isOver(context: OperationContext, row: OperationRow): Promise<boolean> {
  const { chainId } = row
  try {
    await context.clock.refresh(await getNetwork(context.database, chainId), 5000)
    return context.clock.now(chainId) > expectedUntil(row)
  } catch (error) {
    if (error instanceof UnreachableError || error instanceof UnknownNetworkError) return false
    throw error
  }
}
