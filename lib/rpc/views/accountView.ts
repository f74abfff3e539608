import type { Account } from '@/lib/account/account'
import type { AccountView } from '@/lib/messaging/views'
import type { RpcContext } from '@/lib/rpc/context'
import { isLocked } from '@/lib/session/vault'

/** An account as popup pages show it. */
export async function accountView(context: RpcContext, account: Account): Promise<AccountView> {
  return {
    id: account.id,
    address: account.address,
    name: account.name,
    kind: account.kind,
    deployedOn: account.deployedOn,
    locked: await isLocked(context, account.address),
    passkeys: account.passkeys.map(({ credentialId, createdAt, prf, backupEligible }) => ({
      credentialId,
      createdAt,
      prf,
      backupEligible,
    })),
  }
}
