import type { Approval } from '@/lib/approval/approval'
import { BaseError } from '@/lib/errors/BaseError'
import { abandon } from '@/lib/operation/abandon'
import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import type { RpcContext } from '@/lib/rpc/context'
import { takeFrozen } from '@/lib/rpc/frozenOperations'
import { inTurn } from '@/lib/rpc/inTurn'
import { openApproval } from '@/lib/rpc/openApproval'
import { prepareApproval } from '@/lib/rpc/prepareApproval'
import { successorRequest } from '@/lib/rpc/successorRequest'
import { sessions } from '@/lib/session/sessions'
import { dropLooseKey } from '@/lib/session/vault'

/**
 * The owner looks at the wider session that would let a request through, or back at the request itself. Either way it is prepared
 * anew: each is an operation of its own with a fee of its own.
 */
export const approvalWiden = defineCommand({
  name: 'approvalWiden',
  handle: (context, { id, widen }) =>
    inTurn(context, id, async () => {
      const approval = openApproval(context, id)
      const request = await (widen ? widened : narrowed)(context, approval)
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
    }),
})

async function widened(context: RpcContext, { request }: Approval): Promise<Approval['request'] | null> {
  if (request.kind !== 'transaction') return null
  const { widening } = request
  const session = widening?.how ? await sessions.get(context.database, widening.of) : undefined
  if (!widening?.how || session === undefined) throw new NothingToWidenError()
  const { how, spec } = widening
  return { ...(await successorRequest(context, { session, spec, how })), instead: request }
}

async function narrowed(_: RpcContext, { request }: Approval): Promise<Approval['request'] | null> {
  return request.kind === 'session' ? (request.instead ?? null) : null
}

/** No wider session is offered for this request. */
export class NothingToWidenError extends BaseError {
  override readonly name = 'Rpc.NothingToWidenError'
  constructor() {
    super('No session can be widened for this. Approve it once, or reject it.', { code: -32602 })
  }
}
