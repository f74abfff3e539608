import type { OperationContext } from '@/lib/operation/context'
import { amend } from '@/lib/operation/journal'
import type { OperationRow } from '@/lib/operation/row'

/**
 * Gives up an operation that was never signed: the owner rejected, closed the window, or the ceremony failed. Its lane is free
 * again. One that is signed already stays as it is.
 *
 * @returns The row as it stands now.
 */
export async function abandon(context: OperationContext, id: string): Promise<OperationRow> {
  const row = await amend(context, id, (before) =>
    before.status === 'reserved' ? { ...before, status: 'void', error: 'Never signed.' } : null,
  )
  if (row.status === 'void') context.lanes.leave(row, false)
  return row
}
