import { BaseError } from '@/lib/errors/BaseError'
import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import { lifetimeOf } from '@/lib/rpc/lifetimeOf'
import { prepareApproval } from '@/lib/rpc/prepareApproval'
import { UnknownSessionError } from '@/lib/rpc/revokeSessions'
import { successorRequest } from '@/lib/rpc/successorRequest'
import { sessions } from '@/lib/session/sessions'
import { dropLooseKey } from '@/lib/session/vault'
import { getNetwork } from '@/lib/chains/networks'

/**
 * Asks for a session once more: the same terms, a new key, an end as far away as it was. One that is still open on chain is revoked
 * in the same operation, and signs until that is signed.
 */
export const renew = defineCommand({
  name: 'renew',
  async handle(context, { sessionId }) {
    const session = await sessions.get(context.database, sessionId)
    if (session === undefined) throw new UnknownSessionError()
    if (session.status === 'pending' || session.replacing !== undefined) throw new BusySessionError()
    const { account, chainId, origin, metadata, sponsor } = session
    const joinKey = `renew ${sessionId}`
    const asked = context.approvals.open().find((open) => open.joinKey === joinKey)
    if (asked !== undefined) return { approvalId: asked.id }
    await context.clock.refresh(await getNetwork(context.database, chainId), 5000)
    const spec = { ...session.spec, expiresAt: context.clock.now(chainId) + lifetimeOf(session) }
    const request = await successorRequest(context, { session, spec, how: 'renew' })
    try {
      const approval = await context.approvals.ask({
        origin,
        metadata,
        account,
        chainId,
        request,
        sponsor,
        joinKey,
        requestId: null,
      })
      if (approval.request !== request) await dropLooseKey(context, request.spec.signer)
      void prepareApproval(context, approval.id)
      return { approvalId: approval.id }
    } catch (error) {
      await dropLooseKey(context, request.spec.signer)
      throw error
    }
  },
})

/** An operation of the session is on its way. */
export class BusySessionError extends BaseError {
  override readonly name = 'Rpc.BusySessionError'
  constructor() {
    super('An operation of this session is on its way. Wait until it is done, then renew it.', {
      code: -32602,
    })
  }
}
