import type { Hex } from 'viem'
import { isIntact, isUsage } from '@/lib/operation/isIntact'
import { allOpenOperations, openOperations } from '@/lib/operation/openOperations'
import type { OperationRow } from '@/lib/operation/row'
import { unsettled } from '@/lib/operation/unsettled'
import { applyCharges } from '@/lib/policy/applyCharges'
import type { Charge, Usage } from '@/lib/policy/usage'
import type { SessionRow } from '@/lib/session/session'
import { sessions } from '@/lib/session/sessions'
import { readTogether, type Source } from '@/lib/storage/transact'

/** A session and all that is under way, as they were in one moment. */
export type Standing = {
  readonly session: SessionRow
  /** The operations of the journal whose fate is open, oldest first: all of the session's own, others may be among them. */
  readonly open: readonly OperationRow[]
  /** Ids of the session's own ones that must be among them. */
  readonly noted: readonly string[]
}

/**
 * Reads what a session is judged by, in one moment: an operation that settles between two reads would count in neither, one that
 * begins would be missed.
 *
 * @param source - The transaction that then reserves (over `sessions`, `operations` and `meta`), so that no other reservation slips
 * between; or the database for a first look.
 * @returns `null` when the session is not in the database.
 */
export function readStanding(source: Source, sessionId: Hex): Promise<Standing | null> {
  return readTogether(source, ['sessions', 'operations', 'meta'], async (transaction) => {
    const [session, open, noted] = await Promise.all([
      sessions.get(transaction, sessionId),
      unsettled(transaction),
      openOperations(transaction, sessionId),
    ])
    return session === undefined ? null : { session, open, noted }
  })
}

/** Reads how every session stands, in one moment and in three reads, however many there are. */
export function readStandings(source: Source): Promise<Standing[]> {
  return readTogether(source, ['sessions', 'operations', 'meta'], async (transaction) => {
    const [all, open, noted] = await Promise.all([
      sessions.getAll(transaction),
      unsettled(transaction),
      allOpenOperations(transaction),
    ])
    const own = new Map<Hex, OperationRow[]>(all.map(({ id }) => [id, []]))
    for (const row of open) if (row.sessionId !== null) own.get(row.sessionId)?.push(row)
    return all.map((session) => ({
      session,
      open: own.get(session.id) ?? [],
      noted: noted.get(session.id) ?? [],
    }))
  })
}

/**
 * What counts against a session's limits: its settled usage plus the charges of its operations whose fate is open.
 *
 * @param without - Id of an operation that is not to count: it is being replaced.
 * @returns `null` when it is not known: a row is lost or damaged, and the chain was not asked yet. Nothing may be signed then.
 */
export function usageOf({ session, open, noted }: Standing, without?: string): Usage | null {
  if (session.unknownSince !== undefined || !isUsage(session.usage)) return null
  const own = open.filter(({ sessionId }) => sessionId === session.id)
  const ids = new Set(own.map(({ id }) => id))
  if (!own.every(isIntact) || !noted.every((id) => ids.has(id))) return null
  return own
    .filter(({ id }) => id !== without)
    .reduce((usage, row) => applyCharges(usage, reservedCharges(row)), session.usage)
}

/** {@link usageOf} a session that is read for nothing else; `null` also when the session is gone. */
export async function countedUsage(source: Source, { id }: Pick<SessionRow, 'id'>): Promise<Usage | null> {
  const standing = await readStanding(source, id)
  return standing === null ? null : usageOf(standing)
}

/** What an operation may take at most, by cell and period: the largest of all that was signed with its nonce. */
function reservedCharges(row: OperationRow): Charge[] {
  const versions = [row, ...(row.others ?? []), ...(row.replacement === undefined ? [] : [row.replacement])]
  const largest = new Map<string, Charge>()
  for (const charge of versions.flatMap(({ charges }) => charges)) {
    const name = `${charge.cell} ${charge.period}`
    const known = largest.get(name)
    if (known === undefined || known.amount < charge.amount) largest.set(name, charge)
  }
  return [...largest.values()]
}
