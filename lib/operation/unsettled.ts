import type { Address, Hex } from 'viem'
import { isIntact, isUsage } from '@/lib/operation/isIntact'
import { openOperations } from '@/lib/operation/openOperations'
import { operations, unsettledStatuses, type OperationRow } from '@/lib/operation/row'
import { applyCharges } from '@/lib/policy/applyCharges'
import type { Charge, Usage } from '@/lib/policy/usage'
import type { SessionRow } from '@/lib/session/session'
import { sessions } from '@/lib/session/sessions'
import { readTogether, type Source, type Transaction } from '@/lib/storage/transact'

/** All operations whose fate is open, oldest first. */
export function unsettled(source: Source): Promise<OperationRow[]> {
  return readTogether(source, ['operations'], async (transaction) => {
    const rows: OperationRow[] = []
    for (const status of unsettledStatuses)
      rows.push(...(await operations.index(transaction, 'byStatus', status)))
    return rows.sort((a, b) => a.createdAt - b.createdAt)
  })
}

/** Those of one account on one chain. */
export async function unsettledOf(
  source: Source,
  account: Address,
  chainId: number,
): Promise<OperationRow[]> {
  const id = account.toLowerCase()
  return (await unsettled(source)).filter((row) => row.account === id && row.chainId === chainId)
}

/**
 * Whether an operation whose fate is open has this lane's nonce. The journal alone decides: what a worker holds in memory, another
 * one does not see.
 *
 * @param source - Inside the transaction that then takes the nonce.
 */
export async function isLaneTaken(
  source: Source,
  { account, chainId, nonceKey }: Pick<OperationRow, 'account' | 'chainId' | 'nonceKey'>,
): Promise<boolean> {
  return (await unsettledOf(source, account, chainId)).some((row) => row.nonceKey === nonceKey)
}

/**
 * What counts against a session's limits: its settled usage plus the charges of its operations whose fate is open.
 *
 * @param source - Inside the transaction that then reserves, so that no other reservation slips between.
 * @param without - Id of an operation that is not to count: it is being replaced.
 * @returns `null` when it is not known: a row is lost or damaged, and the chain was not asked yet. Nothing may be signed then.
 */
export function countedUsage(source: Source, session: SessionRow, without?: string): Promise<Usage | null> {
  // In one moment: an operation that settles between two reads would count in neither, one that begins would be missed.
  return readTogether(source, ['sessions', 'operations', 'meta'], async (transaction) =>
    usageIn(transaction, (await sessions.get(transaction, session.id)) ?? session, without),
  )
}

async function usageIn(
  transaction: Transaction,
  session: SessionRow,
  without: string | undefined,
): Promise<Usage | null> {
  if (session.unknownSince !== undefined || !isUsage(session.usage)) return null
  const rows = await unsettledOfSession(transaction, session.id)
  const ids = new Set(rows.map(({ id }) => id))
  if (!rows.every(isIntact) || !(await openOperations(transaction, session.id)).every((id) => ids.has(id)))
    return null
  return rows
    .filter(({ id }) => id !== without)
    .reduce((usage, row) => applyCharges(usage, reservedCharges(row)), session.usage)
}

/** The same to be shown: as much as is known. */
export async function reservedUsage(source: Source, session: SessionRow): Promise<Usage> {
  return (await countedUsage(source, session)) ?? (isUsage(session.usage) ? session.usage : {})
}

/** What an operation may take at most, by cell and period: the largest of all that was signed with its nonce. */
export function reservedCharges(row: OperationRow): Charge[] {
  const versions = [row, ...(row.others ?? []), ...(row.replacement === undefined ? [] : [row.replacement])]
  const largest = new Map<string, Charge>()
  for (const charge of versions.flatMap(({ charges }) => charges)) {
    const name = `${charge.cell} ${charge.period}`
    const known = largest.get(name)
    if (known === undefined || known.amount < charge.amount) largest.set(name, charge)
  }
  return [...largest.values()]
}

async function unsettledOfSession(source: Source, id: Hex): Promise<OperationRow[]> {
  return (await unsettled(source)).filter((row) => row.sessionId === id)
}
