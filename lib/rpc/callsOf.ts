import { codecFor } from '@/lib/account/codecs/codec'
import type { Approval } from '@/lib/approval/approval'
import { ApprovalGoneError } from '@/lib/approval/queue'
import type { Deployment, Network } from '@/lib/chains/network'
import type { ApprovalRequest } from '@/lib/messaging/views'
import type { Call } from '@/lib/policy/call'
import { undoApproval } from '@/lib/rpc/cleanUp/undoApproval'
import { signRaw } from '@/lib/rpc/signRaw'
import { looseKey, type VaultContext } from '@/lib/session/vault'

/**
 * The calls that an approval's operation makes; `null` when it needs no operation (connect, unlock, switch, network).
 *
 * @throws {ApprovalGoneError} The key of the session that it creates is gone.
 */
export async function callsOf(
  context: VaultContext,
  { request, account }: Pick<Approval, 'request' | 'account'>,
  { deployment }: Pick<Network, 'deployment'>,
): Promise<readonly Call[] | null> {
  const codec = codecFor(deployment.kind)
  switch (request.kind) {
    case 'session':
      if (account === null) return null
      return [
        ...(request.replacesIds?.length ? [codec.revokeSessions(deployment, request.replacesIds)] : []),
        await creation(context, deployment, account, request),
      ]
    case 'revoke':
      return [
        codec.revokeSessions(deployment, request.sessionIds),
        ...(request.cleanUp?.approvals ?? []).map(undoApproval),
      ]
    case 'add-passkey':
      return account === null ? null : [codec.addPasskey(deployment, account, request.passkey)]
    case 'remove-passkey': {
      if (account === null) return null
      const removal = codec.removePasskey(deployment, account, request.passkey)
      return request.sessionIds.length === 0
        ? [removal]
        : [codec.revokeSessions(deployment, request.sessionIds), removal]
    }
    case 'transaction':
      return request.calls
    default:
      return null
  }
}

/** Where the contracts ask for it, the new key shows that it exists. */
async function creation(
  context: VaultContext,
  deployment: Deployment,
  account: NonNullable<Approval['account']>,
  { spec }: Extract<ApprovalRequest, { kind: 'session' }>,
): Promise<Call> {
  const codec = codecFor(deployment.kind)
  const hash = codec.sessionProofHash(spec, account)
  if (hash === null) return codec.createSession(deployment, spec, null)
  const privateKey = await looseKey(context, spec.signer.toLowerCase())
  if (privateKey === null) throw new ApprovalGoneError()
  return codec.createSession(deployment, spec, await signRaw(hash, privateKey))
}
