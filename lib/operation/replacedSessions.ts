import type { OperationRow } from '@/lib/operation/row'
import { sessions } from '@/lib/session/sessions'
import type { Transaction } from '@/lib/storage/transact'

/** The sessions in whose place another one is now are closed, and their keys are gone. */
export async function closeReplaced(
  transaction: Transaction,
  { replacesIds = [], sessionIds: [replacedBy] = [] }: OperationRow,
): Promise<void> {
  for (const id of replacesIds) {
    const session = await sessions.get(transaction, id)
    if (session === undefined) continue
    const endedAt = session.endedAt ?? Date.now()
    const gone = { sealedKey: undefined, replacing: undefined }
    await sessions.put(transaction, { ...session, ...gone, status: 'closed', endedAt, replacedBy })
  }
}

/** Nothing came in their place: they are as they were. One that the owner revoked meanwhile stays revoked. */
export async function restoreReplaced(
  transaction: Transaction,
  { id: operationId, replacesIds = [] }: OperationRow,
): Promise<void> {
  for (const id of replacesIds) {
    const session = await sessions.get(transaction, id)
    if (session?.status !== 'closing' || session.replacing?.operationId !== operationId) continue
    await sessions.put(transaction, { ...session, status: session.replacing.before, replacing: undefined })
  }
}

/**
 * A reorganisation took the operation back: they are open on chain again. Where their keys are gone already and the operation never
 * comes back, nobody here signs for them.
 */
export async function reopenReplaced(
  transaction: Transaction,
  { id: operationId, replacesIds = [] }: OperationRow,
): Promise<void> {
  for (const id of replacesIds) {
    const session = await sessions.get(transaction, id)
    if (session?.status !== 'closed') continue
    const replacing = { operationId, before: 'active' } as const
    await sessions.put(transaction, { ...session, status: 'closing', replacing })
  }
}
