import type { Hex } from 'viem'
import { accounts } from '@/lib/account/accounts'
import { codecFor } from '@/lib/account/codecs/codec'
import { parsePasskeySignature, type PasskeyAnswer } from '@/lib/account/passkeySignature'
import { getNetwork } from '@/lib/chains/networks'
import { BaseError } from '@/lib/errors/BaseError'
import { abandon } from '@/lib/operation/abandon'
import type { OperationContext } from '@/lib/operation/context'
import { amend, OperationMissingError, type Within } from '@/lib/operation/journal'
import { expectedUntil, operations, type OperationRow } from '@/lib/operation/row'

/** The authenticator's answer to a frozen operation. */
export type CompleteRequest = {
  readonly operationId: string
  readonly credentialId: Hex
  readonly answer: PasskeyAnswer
  /** More to be written with it: the sealed session, the connection. */
  readonly within?: Within | undefined
}

/**
 * Puts the passkey's signature on a frozen operation and journals it: from here on it proceeds, whatever happens to the window. To
 * be handed to `submitOperation` next.
 *
 * @returns The row, `signed`.
 * @throws {ApprovalExpiredError} Its deadline passed, or it was given up: freeze it again.
 * @throws {ForeignPasskeyError} The passkey does not own the account.
 * @throws {ClientDataError | AuthenticatorDataError | DerSignatureError} The answer does not fit.
 */
export async function complete(context: OperationContext, request: CompleteRequest): Promise<OperationRow> {
  const frozen = await operations.get(context.database, request.operationId)
  if (frozen === undefined) throw new OperationMissingError()
  if (frozen.status !== 'reserved') throw new ApprovalExpiredError()
  const network = await getNetwork(context.database, frozen.chainId)
  await context.clock.refresh(network, 30_000)
  if (context.clock.now(frozen.chainId) > expectedUntil(frozen)) {
    await abandon(context, frozen.id)
    throw new ApprovalExpiredError()
  }
  const account = await accounts.get(context.database, frozen.account)
  const wanted = request.credentialId.toLowerCase()
  const passkey = account?.passkeys.find(({ credentialId }) => credentialId.toLowerCase() === wanted)
  if (passkey === undefined) throw new ForeignPasskeyError()
  const codec = codecFor(network.deployment.kind)
  const challenge = codec.passkeyChallenge(frozen.userOpHash, frozen.deadline)
  const parts = parsePasskeySignature(request.answer, challenge, passkey.origin)
  const signature = codec.passkeySignature(parts, passkey, frozen.deadline, network.deployment)
  return amend(
    context,
    frozen.id,
    (row) => {
      if (row.status !== 'reserved') throw new ApprovalExpiredError()
      const { credentialId: signedWith } = passkey
      return { ...row, status: 'signed', signedWith, userOp: { ...row.userOp, signature } }
    },
    request.within,
  )
}

/** The frozen operation cannot be signed any more. */
export class ApprovalExpiredError extends BaseError {
  override readonly name = 'Operation.ApprovalExpiredError'

  constructor() {
    super('This took too long, and its deadline passed. Nothing was sent; approve it again.', {
      code: -32603,
    })
  }
}

/** A passkey answered that does not own the account. */
export class ForeignPasskeyError extends BaseError {
  override readonly name = 'Operation.ForeignPasskeyError'

  constructor() {
    super('This passkey does not own the account. Nothing was sent; choose the account’s passkey.', {
      code: -32603,
    })
  }
}
