import type { Account, Passkey } from '@/lib/account/account'
import { ownersOn } from '@/lib/account/ownersOn'
import type { AccountView, PasskeyView } from '@/lib/messaging/views'
import type { RpcContext } from '@/lib/rpc/context'
import { sealedSessions } from '@/lib/rpc/sealedSessions'
import type { SessionRow } from '@/lib/session/session'
import { openedBy } from '@/lib/session/openedBy'
import { isLocked } from '@/lib/session/vault'

/**
 * An account as popup pages show it.
 *
 * @param all - The sessions of the database, where they were read already.
 */
export async function accountView(
  context: RpcContext,
  account: Account,
  all?: readonly SessionRow[],
): Promise<AccountView> {
  const locked = await isLocked(context, account.address)
  return {
    id: account.id,
    address: account.address,
    name: account.name,
    kind: account.kind,
    deployedOn: account.deployedOn,
    locked,
    partlyLocked: !locked && (await sealedSessions(context, account.address, all)) > 0,
    passkeys: await Promise.all(
      account.passkeys.filter(isListed).map((passkey) => passkeyView(context, account, passkey, all)),
    ),
  }
}

/** A further passkey that was removed wherever it was added is of no concern any more. */
const isListed = ({ addedOn, removedOn = [] }: Passkey) => addedOn?.length !== 0 || removedOn.length === 0

async function passkeyView(
  context: RpcContext,
  account: Account,
  passkey: Passkey,
  all?: readonly SessionRow[],
): Promise<PasskeyView> {
  const { credentialId, createdAt, prf, backupEligible, removedOn = [] } = passkey
  const now = Math.floor(context.now() / 1000)
  const opened = await openedBy(context.database, { account: account.address, credentialId, now }, all)
  return {
    credentialId,
    createdAt,
    prf,
    backupEligible,
    ownerOn: account.deployedOn.filter((chainId) => ownersOn(account, chainId).includes(passkey)),
    removedOn,
    first: passkey === account.passkeys[0],
    opens: opened.length,
  }
}
