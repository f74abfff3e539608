import type { ApprovalOutcome } from '@/lib/approval/approval'
import type { RpcContext } from '@/lib/rpc/context'
import { dropLooseKey } from '@/lib/session/vault'

/** How long the window shows that a request is done, in ms. */
const doneFor = 1200

/** Ends an approval and turns the window to the next one, after a moment when there is something to see. */
export async function endApproval(context: RpcContext, id: string, outcome: ApprovalOutcome): Promise<void> {
  const approval = context.approvals.get(id)
  await context.approvals.end(id, outcome)
  if (approval?.request.kind === 'session' && outcome.kind !== 'approved')
    await dropLooseKey(context, approval.request.spec.signer.toLowerCase())
  const shown = outcome.kind === 'approved' && approval?.operationId !== undefined
  await new Promise((resolve) => setTimeout(resolve, shown ? doneFor : 0))
  context.desk.remove(id)
  await context.window.next(id, context.approvals.open()[0]?.id)
  context.changed()
}
