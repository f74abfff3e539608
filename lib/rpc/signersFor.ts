import type { Account, Passkey } from '@/lib/account/account'
import { ownersOn } from '@/lib/account/ownersOn'
import type { Approval } from '@/lib/approval/approval'
import { getNetwork } from '@/lib/chains/networks'
import { BaseError } from '@/lib/errors/BaseError'
import type { RpcContext } from '@/lib/rpc/context'
import { closedVaults } from '@/lib/rpc/sealedSessions'

/**
 * The passkeys that may answer an approval: those that open a closed vault for an unlock, else the owners of the account on the
 * chain. A passkey that is being removed does not sign its own removal, so that one which stays is known to work; one that was
 * removed elsewhere gets no new session to open while there is another.
 *
 * @throws {NoOwnerError} No passkey of this wallet owns the account there.
 */
export async function signersFor(
  context: RpcContext,
  account: Account,
  { request, chainId }: Approval,
): Promise<readonly [Passkey, ...Passkey[]]> {
  if (request.kind === 'unlock') {
    const closed = await closedVaults(context, account.address)
    const wrapped = new Set(closed.flatMap(({ wraps }) => wraps.map(({ credentialId }) => credentialId)))
    return (
      notEmpty(account.passkeys.filter(({ credentialId }) => wrapped.has(credentialId))) ?? account.passkeys
    )
  }
  const owners = ownersOn(account, chainId)
  const able =
    request.kind === 'remove-passkey'
      ? owners.filter(({ credentialId }) => credentialId !== request.passkey.credentialId)
      : owners
  const preferred =
    request.kind === 'session' ? able.filter(({ removedOn = [] }) => removedOn.length === 0) : able
  const signers = notEmpty(preferred) ?? notEmpty(able)
  if (signers === null) throw new NoOwnerError((await getNetwork(context.database, chainId)).name)
  return signers
}

function notEmpty(passkeys: readonly Passkey[]): readonly [Passkey, ...Passkey[]] | null {
  const [first, ...rest] = passkeys
  return first === undefined ? null : [first, ...rest]
}

/** No passkey that this wallet knows can sign for the account on the chain. */
export class NoOwnerError extends BaseError {
  override readonly name = 'Rpc.NoOwnerError'
  constructor(network: string) {
    super(`No other passkey of this account is known on ${network}. Add one there first.`)
  }
}
