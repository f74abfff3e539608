import type { Approval } from '@/lib/approval/approval'
import { BaseError } from '@/lib/errors/BaseError'
import type { RpcContext } from '@/lib/rpc/context'
import { prepareApproval } from '@/lib/rpc/prepareApproval'
import { ephemeralSpec } from '@/lib/session/ephemeralSpec'

/**
 * The passkey yielded no PRF output against its record, so that the session's key cannot be stored: nothing is sent, and the
 * approval is shown again for a session that ends with the browser, at most 24 hours long.
 *
 * @throws {EphemeralOnlyError} Always: the page shows why the owner is asked again.
 */
export async function offerEphemeral(context: RpcContext, approval: Approval): Promise<never> {
  const { request, chainId } = approval
  if (request.kind === 'session') {
    const spec = ephemeralSpec(request.spec, context.clock.now(chainId))
    await context.approvals.update(approval.id, { request: { ...request, spec, ephemeral: true } })
    void prepareApproval(context, approval.id)
  }
  throw new EphemeralOnlyError()
}

/** The session can only be ephemeral. */
export class EphemeralOnlyError extends BaseError {
  override readonly name = 'Rpc.EphemeralOnlyError'
  constructor() {
    super(
      'Your passkey cannot protect stored keys, so this session ends when the browser closes. Approve it again if that suits you.',
    )
  }
}
