import type { RpcContext } from '@/lib/rpc/context'
import { endApproval } from '@/lib/rpc/endApproval'

/** The document that sent a request is gone: an approval that nobody else waits for is withdrawn, unless the owner signed it. */
export async function abandonRequest(context: RpcContext, requestId: string): Promise<void> {
  context.approvals.withdraw(requestId)
  // An unlock that the request needs first goes under the request's id and a suffix.
  const isIts = (id: string) => id === requestId || id.startsWith(`${requestId} `)
  for (const approval of context.approvals.open()) {
    if (approval.operationId !== undefined || !approval.requestIds.some(isIts)) continue
    const requestIds = approval.requestIds.filter((id) => !isIts(id))
    if (requestIds.length > 0) await context.approvals.update(approval.id, { requestIds })
    else await endApproval(context, approval.id, { kind: 'rejected' })
  }
}
