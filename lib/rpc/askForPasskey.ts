import type { Hex } from 'viem'
import type { Account, Passkey } from '@/lib/account/account'
import type { ApprovalRequest, OwnerPasskey } from '@/lib/messaging/views'
import type { RpcContext } from '@/lib/rpc/context'
import { prepareApproval } from '@/lib/rpc/prepareApproval'

type PasskeyRequest = Extract<ApprovalRequest, { kind: 'add-passkey' | 'remove-passkey' }>

/**
 * Opens an approval of the wallet's own that changes the owners of an account on a chain.
 *
 * @returns Its id.
 */
export async function askForPasskey(
  context: RpcContext,
  account: Account,
  chainId: number,
  request: PasskeyRequest,
): Promise<string> {
  const approval = await context.approvals.ask({
    origin: null,
    metadata: {},
    account: account.address,
    chainId,
    request,
    joinKey: `${request.kind} ${account.id} ${chainId} ${request.passkey.credentialId} ${sessionsOf(request).join()}`,
    requestId: null,
  })
  void prepareApproval(context, approval.id)
  return approval.id
}

const sessionsOf = (request: PasskeyRequest): readonly Hex[] =>
  request.kind === 'remove-passkey' ? request.sessionIds : []

/** The parts of a passkey that an approval shows and the chain is told. */
export function ownerPasskey({
  credentialId,
  x,
  y,
  origin,
  backupEligible,
  createdAt,
}: Passkey): OwnerPasskey {
  return { credentialId, x, y, origin, backupEligible, createdAt }
}
