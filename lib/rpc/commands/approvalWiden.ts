import type { Approval } from '@/lib/approval/approval'
import { BaseError } from '@/lib/errors/BaseError'
import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import type { RpcContext } from '@/lib/rpc/context'
import { successorRequest } from '@/lib/rpc/successorRequest'
import { turnApproval } from '@/lib/rpc/turnApproval'
import { sessions } from '@/lib/session/sessions'

/**
 * The owner looks at the wider session that would let a request through, or back at the request itself. Either way it is prepared
 * anew: each is an operation of its own with a fee of its own.
 */
export const approvalWiden = defineCommand({
  name: 'approvalWiden',
  handle: (context, { id, widen }) => turnApproval(context, id, widen ? widened : narrowed),
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
