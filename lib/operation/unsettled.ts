import type { Address, Hex } from 'viem'
import { operations, unsettledStatuses, type OperationRow } from '@/lib/operation/row'
import { applyCharges } from '@/lib/policy/applyCharges'
import type { Usage } from '@/lib/policy/usage'
import type { SessionRow } from '@/lib/session/session'
import type { Source } from '@/lib/storage/table'

/** All operations whose fate is open, oldest first. */
export async function unsettled(source: Source): Promise<OperationRow[]> {
  const rows: OperationRow[] = []
  for (const status of unsettledStatuses) rows.push(...(await operations.index(source, 'byStatus', status)))
  return rows.sort((a, b) => a.createdAt - b.createdAt)
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
 * What counts against a session's limits: its settled usage plus the charges of its operations whose fate is open.
 *
 * @param source - Inside the transaction that then reserves, so that no other reservation slips between.
 */
export async function reservedUsage(source: Source, session: SessionRow): Promise<Usage> {
  return (await unsettledOfSession(source, session.id)).reduce(
    (usage, row) => (row.settled ? usage : applyCharges(usage, row.charges)),
    session.usage,
  )
}

async function unsettledOfSession(source: Source, id: Hex): Promise<OperationRow[]> {
  return (await unsettled(source)).filter((row) => row.sessionId === id)
}
