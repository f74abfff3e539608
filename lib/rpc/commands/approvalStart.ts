import { bytesToHex } from 'viem'
import { accounts } from '@/lib/account/accounts'
import { codecFor } from '@/lib/account/codecs/codec'
import type { Approval } from '@/lib/approval/approval'
import { ApprovalGoneError } from '@/lib/approval/queue'
import { BaseError } from '@/lib/errors/BaseError'
import { watchToken } from '@/lib/assets/watchedTokens'
import type { Ceremony } from '@/lib/messaging/popup'
import type { ApprovalRequest } from '@/lib/messaging/views'
import { toWire } from '@/lib/messaging/wire'
import { abandon } from '@/lib/operation/abandon'
import { freeze, PreparationChangedError } from '@/lib/operation/freeze'
import type { Prepared } from '@/lib/operation/prepare'
import type { OperationPurpose } from '@/lib/operation/row'
import type { SessionSpec } from '@/lib/policy/spec'
import { ceremonyFor } from '@/lib/rpc/ceremony'
import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import { connectAccount } from '@/lib/rpc/connectAccount'
import type { RpcContext } from '@/lib/rpc/context'
import { endApproval } from '@/lib/rpc/endApproval'
import { keepFrozen, takeFrozen } from '@/lib/rpc/frozenOperations'
import { inTurn } from '@/lib/rpc/inTurn'
import { signedMessageOf, startMessage } from '@/lib/rpc/messageCeremony'
import { openApproval } from '@/lib/rpc/openApproval'
import { prepareApproval } from '@/lib/rpc/prepareApproval'
import { signersFor } from '@/lib/rpc/signersFor'

/**
 * The owner clicked. A request without an operation is approved here; for the others the operation is fixed, with a fresh deadline,
 * and the ceremony that signs it is returned.
 */
export const approvalStart = defineCommand({
  name: 'approvalStart',
  handle: (context, { id, spec }) => inTurn(context, id, () => start(context, id, spec)),
})

async function start(
  context: RpcContext,
  id: string,
  shown: SessionSpec | undefined,
): Promise<Ceremony | null> {
  const approval = openApproval(context, id)
  // The page has not heard yet that the session was narrowed, or turned back: what is signed is what was shown.
  if (shown !== undefined && !shows(approval, shown)) throw new NotReadyError()
  const account =
    approval.account === null
      ? undefined
      : await accounts.get(context.database, approval.account.toLowerCase())
  if (account === undefined) throw new NotReadyError()
  const { kind } = approval.request
  if (kind === 'connect' || kind === 'switch' || kind === 'network' || kind === 'token') {
    if (kind === 'connect') await connectAccount(context, approval, account.address)
    if (kind === 'token') await watchToken(context.database, approval.request.token)
    void endApproval(context, id, { kind: 'approved', operationId: null })
    return null
  }
  const before = await takeFrozen(context, id)
  if (before?.operationId) await abandon(context, before.operationId)
  if (kind === 'unlock') {
    const challenge = bytesToHex(crypto.getRandomValues(new Uint8Array(32)))
    await keepFrozen(context, id, { challenge, operationId: null })
    return ceremonyFor(await signersFor(context, account, approval), challenge)
  }
  const message = signedMessageOf(approval.request)
  if (message !== null) return startMessage(context, { approval, account, message })
  // After a restart of the worker it is being prepared anew while the page still shows what it was.
  const entry = await context.desk.settled(id)
  const prepared = entry?.prepared
  if (prepared === undefined || prepared.balance < prepared.required) throw new NotReadyError()
  // The owner turned to something else than what was prepared: never sign the one for the other.
  if (entry?.request !== approval.request) throw new NotReadyError()
  const signers = await signersFor(context, account, approval)
  const { challenge, operationId } = await fix(context, approval, prepared)
  await keepFrozen(context, id, { challenge, operationId })
  if (context.approvals.get(id)?.outcome === undefined) return ceremonyFor(signers, challenge)
  // Rejected while it was being fixed.
  await takeFrozen(context, id)
  await abandon(context, operationId)
  throw new ApprovalGoneError()
}

function shows({ request }: Approval, shown: SessionSpec): boolean {
  return request.kind === 'session' && JSON.stringify(toWire(request.spec)) === JSON.stringify(toWire(shown))
}

async function fix(context: RpcContext, approval: Approval, prepared: Prepared) {
  const { request, origin } = approval
  try {
    return await freeze(context, {
      prepared,
      origin,
      purpose: purposes[request.kind] ?? 'calls',
      credentialId: 'passkey' in request ? request.passkey.credentialId : undefined,
      sessionIds: sessionIdsOf(approval, prepared),
      replacesIds: request.kind === 'session' ? request.replacesIds : undefined,
      refusal: request.kind === 'transaction' ? (request.refusal ?? undefined) : undefined,
      // Of a widened session it is the name of the calls that the session signs next.
      dappCallsId: request.kind === 'transaction' ? approval.callsId : undefined,
    })
  } catch (error) {
    // Shown again with what it costs now; the owner decides anew.
    if (error instanceof PreparationChangedError) void prepareApproval(context, approval.id)
    throw error
  }
}

const purposes: { readonly [kind in ApprovalRequest['kind']]?: OperationPurpose } = {
  session: 'create-session',
  revoke: 'revoke',
  'add-passkey': 'add-passkey',
  'remove-passkey': 'remove-passkey',
}

function sessionIdsOf({ request }: Approval, { request: { network } }: Prepared) {
  if (request.kind === 'session') return [codecFor(network.deployment.kind).sessionId(request.spec)]
  return 'sessionIds' in request ? request.sessionIds : undefined
}

/** The request is still being prepared, or waits for an account or for funds. */
export class NotReadyError extends BaseError {
  override readonly name = 'Rpc.NotReadyError'
  constructor() {
    super('This is not ready yet. Wait until the page shows who pays, then approve.')
  }
}
