import { codecFor } from '@/lib/account/codecs/codec'
import type { Approval } from '@/lib/approval/approval'
import { getNetwork } from '@/lib/chains/networks'
import { BaseError } from '@/lib/errors/BaseError'
import type { ApprovalRequest } from '@/lib/messaging/views'
import { abandon } from '@/lib/operation/abandon'
import { canonicalSpec } from '@/lib/policy/canonicalSpec'
import { checkWithin } from '@/lib/policy/checkWithin'
import { loosened } from '@/lib/policy/loosened'
import type { SessionSpec } from '@/lib/policy/spec'
import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import type { RpcContext } from '@/lib/rpc/context'
import { takeFrozen } from '@/lib/rpc/frozenOperations'
import { inTurn } from '@/lib/rpc/inTurn'
import { openApproval } from '@/lib/rpc/openApproval'
import { prepareApproval } from '@/lib/rpc/prepareApproval'
import { ephemeralSpec } from '@/lib/session/ephemeralSpec'

type SessionRequest = Extract<ApprovalRequest, { kind: 'session' }>

/**
 * The owner takes something away from the session that is asked for, or turns back to it. What is approved then is the narrowed one;
 * it is judged here against what was asked, whatever the page that sends it thinks. Of a session that the wallet suggested the numbers
 * may be raised as well: nobody else asked for them.
 *
 * @throws {WiderThanAskedError} Some part would be wider.
 * @throws {SpecEncodingError} It is none that the contracts take: nothing is left, or a count of zero.
 */
export const approvalNarrow = defineCommand({
  name: 'approvalNarrow',
  handle: (context, { id, spec }) =>
    inTurn(context, id, async () => {
      const approval = openApproval(context, id)
      const request = await narrowed(context, approval, spec)
      const frozen = await takeFrozen(context, id)
      if (frozen?.operationId) await abandon(context, frozen.operationId)
      // It may have been withdrawn meanwhile.
      openApproval(context, id)
      await context.approvals.update(id, { request })
      void prepareApproval(context, id)
      return null
    }),
})

async function narrowed(
  context: RpcContext,
  { request, chainId }: Approval,
  wanted: SessionSpec | null,
): Promise<SessionRequest> {
  if (request.kind !== 'session') throw new NothingToNarrowError()
  const { deployment } = await getNetwork(context.database, chainId)
  const asked = request.asked ?? request.spec
  const now = context.clock.now(chainId)
  const granted = canonicalSpec({ ...(wanted ?? asked), signer: asked.signer })
  checkWithin(request.suggested ? loosened(asked, now) : asked, granted, now)
  if (granted.expiresAt <= now) throw new EndsTooSoonError()
  codecFor(deployment.kind).encodeSpec(granted)
  const spec = request.ephemeral ? ephemeralSpec(granted, now) : granted
  const lifetime = request.lifetime && request.lifetime - (request.spec.expiresAt - spec.expiresAt)
  return { ...request, spec, asked: wanted === null ? undefined : asked, lifetime }
}

/** Only a session can be narrowed. */
export class NothingToNarrowError extends BaseError {
  override readonly name = 'Rpc.NothingToNarrowError'
  constructor() {
    super('This asks for no session that could be narrowed.', { code: -32602 })
  }
}

/** The narrowed session would be over before it is used. */
export class EndsTooSoonError extends BaseError {
  override readonly name = 'Rpc.EndsTooSoonError'
  constructor() {
    super('The session would have ended already. Choose a later end.', { code: -32602 })
  }
}
