import type { Hex } from 'viem'
import type { Account } from '@/lib/account/account'
import type { ApprovedWrites } from '@/lib/rpc/sealedSession'
import type { RpcContext } from '@/lib/rpc/context'
import { dropWraps } from '@/lib/session/dropWraps'
import { sessions } from '@/lib/session/sessions'
import { dropLooseKey, forgetKey, vaults } from '@/lib/session/vault'

/**
 * What is written with the signed removal of a passkey: its wraps go, and so do the local keys of the sessions that the operation
 * revokes.
 */
export function removedPasskey(
  context: RpcContext,
  { address }: Account,
  { credentialId, sessionIds }: { readonly credentialId: Hex; readonly sessionIds: readonly Hex[] },
): ApprovedWrites {
  let deleted: readonly string[] = []
  return {
    within: {
      stores: [sessions.store, vaults.store],
      async run(tx) {
        for (const id of sessionIds) {
          const row = await sessions.get(tx, id)
          if (row !== undefined && row.status !== 'closed' && row.status !== 'failed')
            await sessions.put(tx, { ...row, sealedKey: undefined, status: 'closing' })
        }
        deleted = await dropWraps(tx, { account: address, credentialId })
      },
    },
    async forgetKeys() {
      for (const id of deleted) await forgetKey(context, id)
      for (const id of sessionIds) await dropLooseKey(context, id)
    },
    undo: async () => undefined,
  }
}
