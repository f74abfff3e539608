import type { Approval } from '@/lib/approval/approval'
import { ApprovalGoneError } from '@/lib/approval/queue'
import type { RpcContext } from '@/lib/rpc/context'

/**
 * An approval that the owner can still decide.
 *
 * @throws {ApprovalGoneError} It ended, or is signed already.
 */
export function openApproval(context: RpcContext, id: string): Approval {
  const approval = context.approvals.get(id)
  if (approval === undefined || approval.outcome !== undefined || approval.operationId !== undefined)
    throw new ApprovalGoneError()
  return approval
}
