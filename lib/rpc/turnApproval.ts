import type { Approval } from '@/lib/approval/approval'
import { abandon } from '@/lib/operation/abandon'
import type { RpcContext } from '@/lib/rpc/context'
import { takeFrozen } from '@/lib/rpc/frozenOperations'
import { inTurn } from '@/lib/rpc/inTurn'
import { openApproval } from '@/lib/rpc/openApproval'
import { prepareApproval } from '@/lib/rpc/prepareApproval'
import { dropLooseKey } from '@/lib/session/vault'

/**
 * Turns an open approval to another request, at the owner's wish: to a session instead of calls, or back. It is prepared anew:
 * each is an operation of its own with a fee of its own.
 *
 * @param make - The other request, the key of its session in memory; `null` leaves everything as it is.
 */
export function turnApproval(
  context: RpcContext,
  id: string,
  make: (context: RpcContext, approval: Approval) => Promise<Approval['request'] | null>,
): Promise<null> {
  return inTurn(context, id, async () => {
    const approval = openApproval(context, id)
    const request = await make(context, approval)
    if (request === null) return null
    const frozen = await takeFrozen(context, id)
    if (frozen?.operationId) await abandon(context, frozen.operationId)
    try {
      // It may have been withdrawn meanwhile.
      openApproval(context, id)
      await context.approvals.update(id, { request })
    } catch (error) {
      if (request.kind === 'session') await dropLooseKey(context, request.spec.signer)
      throw error
    }
    if (approval.request.kind === 'session')
      await dropLooseKey(context, approval.request.spec.signer.toLowerCase())
    void prepareApproval(context, id)
    return null
  })
}
