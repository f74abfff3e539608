import type { Hex } from 'viem'
import type { Account } from '@/lib/account/account'
import { ownersOn } from '@/lib/account/ownersOn'
import { codecFor } from '@/lib/account/codecs/codec'
import { parsePasskeySignature } from '@/lib/account/passkeySignature'
import type { SignedMessage } from '@/lib/account/signedMessage'
import { wrapSignature } from '@/lib/account/wrapSignature'
import type { Approval } from '@/lib/approval/approval'
import { getNetwork } from '@/lib/chains/networks'
import { signatureEnd } from '@/lib/describe/signatureEnd'
import type { Assertion, Ceremony } from '@/lib/messaging/popup'
import type { ApprovalRequest } from '@/lib/messaging/views'
import { ForeignPasskeyError } from '@/lib/operation/complete'
import { isDeployed } from '@/lib/operation/isDeployed'
import { ceremonyFor } from '@/lib/rpc/ceremony'
import type { RpcContext } from '@/lib/rpc/context'
import { endApproval } from '@/lib/rpc/endApproval'
import { keepFrozen, type FrozenApproval } from '@/lib/rpc/frozenOperations'
import { signersFor } from '@/lib/rpc/signersFor'
import { openApproval } from '@/lib/rpc/openApproval'
import { recordMessage } from '@/lib/rpc/recordMessage'

/** The message that an approval is to sign; `null` for all other kinds. */
export function signedMessageOf(request: ApprovalRequest): SignedMessage | null {
  if (request.kind === 'message') return { kind: 'personal', message: request.message }
  return request.kind === 'typed-data' ? { kind: 'typed', typedData: request.typedData } : null
}

/**
 * The ceremony that signs the message which the approval shows, and nothing else: the challenge is made of the frozen request. While
 * the account has no code on the chain, only the passkey that its address follows from can sign for it.
 *
 * @throws {UnreachableError} The node does not say whether the account stands.
 */
export async function startMessage(
  context: RpcContext,
  { approval, account, message }: { approval: Approval; account: Account; message: SignedMessage },
): Promise<Ceremony> {
  const network = await getNetwork(context.database, approval.chainId)
  const undeployed = !(await isDeployed(network, account.address))
  const challenge = challengeOf(account, message, approval.chainId, network.deployment.kind)
  openApproval(context, approval.id)
  await keepFrozen(context, approval.id, { challenge, operationId: null, undeployed })
  const [first] = account.passkeys
  return ceremonyFor(undeployed ? [first] : await signersFor(context, account, approval), challenge)
}

function challengeOf(account: Account, message: SignedMessage, chainId: number, kind: Account['kind']): Hex {
  const codec = codecFor(kind)
  return codec.passkeyChallenge(codec.messageHash(message, account.address, chainId), signatureEnd(message))
}

/**
 * Turns the passkey's answer into a signature that contracts and sites can check (ERC-1271 through ERC-7739; wrapped by ERC-6492
 * while the account has no code), records it, and ends the approval with it.
 *
 * @throws {ForeignPasskeyError} The passkey does not own the account, or not yet on this chain.
 * @throws {ClientDataError | AuthenticatorDataError | DerSignatureError} The answer does not fit.
 */
export async function finishMessage(
  context: RpcContext,
  {
    approval,
    account,
    assertion,
    frozen,
  }: { approval: Approval; account: Account; assertion: Assertion; frozen: FrozenApproval },
): Promise<void> {
  const message = signedMessageOf(approval.request)
  const [first] = account.passkeys
  const isAnswering = (credentialId: Hex) =>
    credentialId.toLowerCase() === assertion.credentialId.toLowerCase()
  const passkey = account.passkeys.find(({ credentialId }) => isAnswering(credentialId))
  const owners = frozen.undeployed ? [first] : ownersOn(account, approval.chainId)
  if (message === null || passkey === undefined || !owners.includes(passkey)) throw new ForeignPasskeyError()
  const { deployment } = await getNetwork(context.database, approval.chainId)
  const codec = codecFor(deployment.kind)
  const parts = parsePasskeySignature(assertion, frozen.challenge, passkey.origin)
  const own = codec.messageSignature(
    message,
    codec.passkeySignature(parts, passkey, signatureEnd(message), deployment),
  )
  const { factory, index } = account
  const initCode = codec.initCode({ deployment: { ...deployment, factory }, passkey: first, index })
  const signature = frozen.undeployed ? wrapSignature(own, initCode) : own
  openApproval(context, approval.id)
  await recordMessage(context, approval, account, message, passkey.credentialId)
  void endApproval(context, approval.id, { kind: 'approved', operationId: null, signature })
}
