import type { Hex } from 'viem'
import type { RpcContext } from '@/lib/rpc/context'
import { sessions } from '@/lib/session/sessions'
import { dropLooseKey } from '@/lib/session/vault'
import { transact } from '@/lib/storage/transact'

/** Deletes the keys of sessions from this browser, for good. The instant first half of a revocation. */
export async function dropLocalKeys(context: RpcContext, sessionIds: readonly Hex[]): Promise<void> {
  await transact(context.database, [sessions.store], 'readwrite', async (tx) => {
    for (const id of sessionIds) {
      const row = await sessions.get(tx, id)
      if (row === undefined || row.status === 'closed' || row.status === 'failed') continue
      const endedAt = row.endedAt ?? context.now()
      await sessions.put(tx, {
        ...row,
        sealedKey: undefined,
        replacing: undefined,
        status: 'closing',
        endedAt,
      })
    }
  })
  for (const id of sessionIds) await dropLooseKey(context, id)
  context.changed()
}
