import type { Hex } from 'viem'
import { isUnsettled, type OperationRow } from '@/lib/operation/row'
import { table } from '@/lib/storage/table'
import type { Source, Transaction } from '@/lib/storage/transact'

/** Names of the operations of a session whose fate is open, kept beside the journal: one that is lost from it is missed. */
type OpenRow = { readonly key: string; readonly ids: readonly string[] }

const open = table<OpenRow>('meta')

const keyOf = (sessionId: Hex) => `open:${sessionId}`

/** Ids of the operations of a session that must be in the journal, open. */
export async function openOperations(source: Source, sessionId: Hex): Promise<readonly string[]> {
  return (await open.get(source, keyOf(sessionId)))?.ids ?? []
}

/**
 * Notes that an operation of a session has become open or is so no longer.
 *
 * @param transaction - The one that writes the row; covers `meta`.
 * @param noted - What is noted of the session, where the transaction has read it already.
 */
export async function noteOpen(
  transaction: Transaction,
  row: OperationRow,
  noted?: readonly string[],
): Promise<void> {
  if (row.sessionId === null) return
  const before = noted ?? (await openOperations(transaction, row.sessionId))
  const others = before.filter((id) => id !== row.id)
  const ids = isUnsettled(row) ? [...others, row.id] : others
  await open.put(transaction, { key: keyOf(row.sessionId), ids })
}

/** Forgets what was open of a session, once its usage was read from the chain. */
export async function forgetOpen(transaction: Transaction, sessionId: Hex): Promise<void> {
  await open.put(transaction, { key: keyOf(sessionId), ids: [] })
}
