import { accounts } from '@/lib/account/accounts'
import type { Account, Passkey } from '@/lib/account/account'
import { changeAccount, withPasskey } from '@/lib/account/changeAccount'
import type { Approval } from '@/lib/approval/approval'
import { BaseError } from '@/lib/errors/BaseError'
import type { Assertion } from '@/lib/messaging/popup'
import { abandon } from '@/lib/operation/abandon'
import { complete, ForeignPasskeyError } from '@/lib/operation/complete'
import { finishApproval } from '@/lib/rpc/finishApproval'
import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import type { RpcContext } from '@/lib/rpc/context'
import { endApproval } from '@/lib/rpc/endApproval'
import { takeFrozen } from '@/lib/rpc/frozenOperations'
import { inTurn } from '@/lib/rpc/inTurn'
import { offerEphemeral } from '@/lib/rpc/offerEphemeral'
import { finishMessage, signedMessageOf } from '@/lib/rpc/messageCeremony'
import { openApproval } from '@/lib/rpc/openApproval'
import { reopenUnsigned } from '@/lib/rpc/reopenUnsigned'
import { removedPasskey } from '@/lib/rpc/removedPasskey'
import { sealedSession, type ApprovedWrites } from '@/lib/rpc/sealedSession'
import { openVault, wrapOpenVaults } from '@/lib/session/openVault'

/**
 * Takes the authenticator's answer. Order: seal the session key, journal the signed operation, send. Returns when it is journalled;
 * from then on the operation proceeds, whatever happens to the window.
 */
export const approvalFinish = defineCommand({
  name: 'approvalFinish',
  handle: (context, { id, assertion }) => inTurn(context, id, () => finish(context, id, assertion)),
})

async function finish(context: RpcContext, id: string, assertion: Assertion): Promise<null> {
  const approval = openApproval(context, id)
  const frozen = await takeFrozen(context, id)
  if (frozen === null) throw new CeremonyLostError()
  const { operationId } = frozen
  try {
    const account = await ownerOf(context, approval, assertion)
    if (signedMessageOf(approval.request) !== null)
      await finishMessage(context, { approval, account, assertion, frozen })
    else if (operationId === null) await unlockWith(context, approval, account, assertion)
    else if (approval.request.kind === 'session' && assertion.prf === null && !approval.request.ephemeral)
      await offerEphemeral(context, approval)
    else await sign(context, approval, account, assertion, operationId)
  } catch (error) {
    // Does nothing to an operation that was signed before something failed.
    if (operationId !== null) await abandon(context, operationId)
    throw error
  }
  return null
}

async function ownerOf(
  context: RpcContext,
  { account: address }: Approval,
  { credentialId, prf }: Assertion,
) {
  const account = address === null ? undefined : await accounts.get(context.database, address.toLowerCase())
  const passkey = account?.passkeys.find(
    (own) => own.credentialId.toLowerCase() === credentialId.toLowerCase(),
  )
  if (account === undefined || passkey === undefined) throw new ForeignPasskeyError()
  if (passkey.prf !== (prf !== null)) await recordPrf(context, account, passkey, prf !== null)
  return account
}

async function recordPrf(context: RpcContext, account: Account, { credentialId }: Passkey, prf: boolean) {
  await changeAccount(context.database, account.id, (now) =>
    withPasskey(now, credentialId, (passkey) => ({ ...passkey, prf })),
  )
}

async function unlockWith(context: RpcContext, approval: Approval, account: Account, assertion: Assertion) {
  const { credentialId, prf } = assertion
  if (prf === null) throw new NoPrfError()
  await openVault(context, { account: account.address, credentialId, prf })
  context.changed()
  void endApproval(context, approval.id, { kind: 'approved', operationId: null })
}

async function sign(
  context: RpcContext,
  approval: Approval,
  account: Account,
  assertion: Assertion,
  operationId: string,
) {
  const { credentialId, authenticatorData, clientDataJSON, signature } = assertion
  // Named before it is signed: neither a closed window nor a worker that stops after the signature may have it asked for again.
  openApproval(context, approval.id)
  await context.approvals.update(approval.id, { operationId })
  let writes: ApprovedWrites | null = null
  try {
    writes = await writesOf(context, approval, account, assertion, operationId)
    await complete(context, {
      operationId,
      credentialId,
      answer: { authenticatorData, clientDataJSON, signature },
      within: writes?.within,
    })
    await writes?.forgetKeys()
  } catch (error) {
    if (await reopenUnsigned(context, approval.id, operationId)) {
      await writes?.undo()
      throw error
    }
  }
  void finishApproval(context, approval.id)
}

/** What is written with the signature. A ceremony that is not about sessions opens no vault, but gets its passkey into the open ones. */
async function writesOf(
  context: RpcContext,
  approval: Approval,
  account: Account,
  assertion: Assertion,
  operationId: string,
): Promise<ApprovedWrites | null> {
  const { request } = approval
  if (request.kind === 'session')
    return sealedSession(context, { approval, request, account, assertion, operationId })
  const { credentialId, prf } = assertion
  const signer = account.passkeys.find((own) => own.credentialId === credentialId)
  // One that was removed on some chain is to open nothing any more.
  if (prf !== null && (signer?.removedOn ?? []).length === 0)
    await wrapOpenVaults(context, { account: account.address, credentialId, prf })
  if (request.kind !== 'remove-passkey') return null
  const { passkey, sessionIds } = request
  return removedPasskey(context, account, { credentialId: passkey.credentialId, sessionIds })
}

/** The answer is to a ceremony that nobody waits for any more. */
export class CeremonyLostError extends BaseError {
  override readonly name = 'Rpc.CeremonyLostError'
  constructor() {
    super('This answer came too late or twice. Nothing was sent; approve it again.')
  }
}

/** The passkey yields no PRF output, so that no vault can be opened with it. */
export class NoPrfError extends BaseError {
  override readonly name = 'Rpc.NoPrfError'
  constructor() {
    super('This passkey cannot open stored keys. Use the passkey that approved the session.')
  }
}
