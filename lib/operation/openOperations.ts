import type { Hex } from 'viem'
import { isUnsettled, type OperationRow } from '@/lib/operation/row'
import { table } from '@/lib/storage/table'
import type { Source, Transaction } from '@/lib/storage/transact'

/** Names of the operations of a session whose fate is open, kept beside the journal: one that is lost from it is missed. */
type OpenRow = { readonly key: string; readonly ids: readonly string[] }

const open = table<OpenRow>('meta')

const prefix = 'open:'
const keyOf = (sessionId: Hex) => `${prefix}${sessionId}`

/** Ids of the operations of a session that must be in the journal, open. */
export async function openOperations(source: Source, sessionId: Hex): Promise<readonly string[]> {
  return (await open.get(source, keyOf(sessionId)))?.ids ?? []
}

/** The same of every session, by its id; sessions of which none was ever noted are not there. */
export async function allOpenOperations(source: Source): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = (await open.getAll(source)).filter(({ key }) => key.startsWith(prefix))
  return new Map(rows.map(({ key, ids }) => [key.slice(prefix.length), ids]))
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
