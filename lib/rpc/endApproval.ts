import type { ApprovalOutcome } from '@/lib/approval/approval'
import { abandon } from '@/lib/operation/abandon'
import type { RpcContext } from '@/lib/rpc/context'
import { takeFrozen } from '@/lib/rpc/frozenOperations'
import { dropLooseKey } from '@/lib/session/vault'

/** How long the window shows that a request is done, in ms. */
const doneFor = 1200

/**
 * Ends an approval and turns the window to the next one: after a moment when there is something to see, and not by itself when what
 * the owner signed failed, which is to be read first.
 */
export async function endApproval(context: RpcContext, id: string, outcome: ApprovalOutcome): Promise<void> {
  const approval = context.approvals.get(id)
  await context.approvals.end(id, outcome)
  if (approval?.outcome === undefined && outcome.kind !== 'approved') {
    if (approval?.request.kind === 'session')
      await dropLooseKey(context, approval.request.spec.signer.toLowerCase())
    // The authenticator may still answer, but nobody takes it: the nonce lane is free again at once.
    const frozen = await takeFrozen(context, id)
    if (frozen?.operationId) await abandon(context, frozen.operationId)
  }
  const wasSigned = approval?.operationId !== undefined
  await new Promise((resolve) => setTimeout(resolve, wasSigned && outcome.kind === 'approved' ? doneFor : 0))
  context.desk.remove(id)
  if (!wasSigned || outcome.kind !== 'failed') await context.window.next(id, context.approvals.open()[0]?.id)
  context.changed()
}
