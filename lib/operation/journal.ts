import { recordActivity } from '@/lib/activity/activity'
import { BaseError } from '@/lib/errors/BaseError'
import type { OperationContext } from '@/lib/operation/context'
import { noteOpen } from '@/lib/operation/openOperations'
import { isUnsettled, operations, type OperationRow } from '@/lib/operation/row'
import type { StoreName } from '@/lib/storage/migrations'
import { transact, type Transaction } from '@/lib/storage/transact'

/** More writes for the same transaction. */
export type Within = {
  readonly stores: readonly StoreName[]
  run?(transaction: Transaction): Promise<void>
}

/**
 * Changes an operation in the journal, and with it the activity list, in one transaction. The row is read inside it, so that two
 * changes never overwrite each other.
 *
 * @param change - Returns the next row, or `null` to leave it as it is. It may use the transaction, over `within`'s stores too.
 * @returns The row as it stands now.
 * @throws {OperationMissingError} The journal has no such operation.
 */
export async function amend(
  context: OperationContext,
  id: string,
  change: (row: OperationRow, transaction: Transaction) => OperationRow | null | Promise<OperationRow | null>,
  within?: Within,
): Promise<OperationRow> {
  const stores = new Set<StoreName>(['operations', 'activity', 'meta', ...(within?.stores ?? [])])
  const { row, changed } = await transact(context.database, [...stores], 'readwrite', async (transaction) => {
    const before = await operations.get(transaction, id)
    if (before === undefined) throw new OperationMissingError()
    const after = await change(before, transaction)
    if (after === null) return { row: before, changed: false }
    await Promise.all([
      operations.put(transaction, after),
      isUnsettled(before) !== isUnsettled(after) && noteOpen(transaction, after),
      recordOperation(transaction, before, after),
    ])
    await within?.run?.(transaction)
    return { row: after, changed: true }
  })
  if (changed) context.onChange(row)
  return row
}

// What was never signed is no activity.
async function recordOperation(
  transaction: Transaction,
  before: OperationRow,
  row: OperationRow,
): Promise<void> {
  if (row.status === 'reserved' || (before.status === 'reserved' && row.status === 'void')) return
  await recordActivity(transaction, {
    id: row.id,
    at: row.createdAt,
    origin: row.origin,
    account: row.account,
    chainId: row.chainId,
    signedBy: row.sessionId === null ? 'passkey' : 'session',
    sessionId: row.sessionId ?? undefined,
    sessionIds: row.sessionIds,
    replacesIds: row.replacesIds,
    purpose: row.purpose,
    calls: row.calls,
    status: row.status,
    refusal: row.refusal,
    rule: row.rule,
    userOpHash: row.userOpHash,
    transactionHash: row.transactionHash,
    gasUsed: row.gasUsed,
    fee: row.cost,
    payer: row.payer.kind,
    passkey: row.signedWith,
    error: row.error ?? row.rejected?.message,
  })
}

/** An operation is not in the journal. */
export class OperationMissingError extends BaseError {
  override readonly name = 'Operation.OperationMissingError'

  constructor() {
    super('This operation is not in the wallet’s journal. Start again from the site.', { code: -32603 })
  }
}
