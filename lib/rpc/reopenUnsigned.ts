import { abandon } from '@/lib/operation/abandon'
import { operations } from '@/lib/operation/row'
import type { RpcContext } from '@/lib/rpc/context'

/**
 * Gives an approval back to its owner whose operation was to be signed and was not: the answer did not fit, or the worker stopped
 * first. One that is in the journal as signed stays as it is.
 *
 * @returns Whether the owner is asked again.
 */
export async function reopenUnsigned(
  context: RpcContext,
  approvalId: string,
  operationId: string,
): Promise<boolean> {
  const row = await operations.get(context.database, operationId)
  if (row !== undefined && (await abandon(context, operationId)).userOp.signature !== '0x') return false
  await context.approvals.update(approvalId, { operationId: undefined })
  return true
}
