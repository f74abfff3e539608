import type { Account, Passkey } from '@/lib/account/account'
import { ownersOn } from '@/lib/account/ownersOn'
import type { AccountView, PasskeyView } from '@/lib/messaging/views'
import type { RpcContext } from '@/lib/rpc/context'
import { sealedSessions } from '@/lib/rpc/sealedSessions'
import { openedBy } from '@/lib/session/openedBy'
import { isLocked } from '@/lib/session/vault'

/** An account as popup pages show it. */
export async function accountView(context: RpcContext, account: Account): Promise<AccountView> {
  const locked = await isLocked(context, account.address)
  return {
    id: account.id,
    address: account.address,
    name: account.name,
    kind: account.kind,
    deployedOn: account.deployedOn,
    locked,
    partlyLocked: !locked && (await sealedSessions(context, account.address)) > 0,
    passkeys: await Promise.all(
      account.passkeys.filter(isListed).map((passkey) => passkeyView(context, account, passkey)),
    ),
  }
}

/** A further passkey that was removed wherever it was added is of no concern any more. */
const isListed = ({ addedOn, removedOn = [] }: Passkey) => addedOn?.length !== 0 || removedOn.length === 0

async function passkeyView(context: RpcContext, account: Account, passkey: Passkey): Promise<PasskeyView> {
  const { credentialId, createdAt, prf, backupEligible, removedOn = [] } = passkey
  const now = Math.floor(context.now() / 1000)
  const opened = await openedBy(context.database, { account: account.address, credentialId, now })
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
