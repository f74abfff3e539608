import type { OperationRow } from '@/lib/operation/row'
import type { Charge, CellId } from '@/lib/policy/usage'
import type { SessionRow } from '@/lib/session/session'
import type { Audit, AuditedOperation } from './auditSession'

/** The part of an exported journal that is compared. */
export type ExportedJournal = {
  readonly operations: readonly OperationRow[]
  readonly sessions: readonly SessionRow[]
}

/** Names every row of a journal that disagrees with the chain, one line each. */
export function compareJournal(audit: Audit, journal: ExportedJournal): string[] {
  const onChain = new Map(audit.operations.map((operation) => [operation.userOpHash, operation]))
  const rows = journal.operations.filter(({ sessionId }) => sessionId === audit.id)
  const known = new Set(rows.map(({ userOpHash }) => userOpHash))
  const session = journal.sessions.find(({ id }) => id === audit.id)
  return [
    ...rows.flatMap((row) =>
      disagreements(row, onChain.get(row.userOpHash)).map((what) => `row ${row.id}: ${what}`),
    ),
    ...audit.operations
      .filter(({ userOpHash }) => !known.has(userOpHash))
      .map(({ userOpHash }) => `no row: the chain has ${userOpHash}, the journal does not.`),
    ...(session === undefined ? [] : usageDisagreements(audit, session)),
  ]
}

function disagreements(row: OperationRow, operation: AuditedOperation | undefined): string[] {
  const settled = row.status === 'included' || row.status === 'final' || row.status === 'failed'
  if (operation === undefined) return settled ? [`says ${row.status}, and the chain does not have it.`] : []
  if (!settled) return [`says ${row.status}, and the chain has it in ${operation.transactionHash}.`]
  const found: string[] = []
  if (operation.success === (row.status === 'failed'))
    found.push(`says ${row.status}, and its calls ${operation.success ? 'succeeded' : 'failed'}.`)
  if (row.transactionHash !== operation.transactionHash)
    found.push(`names the transaction ${row.transactionHash}, and it is in ${operation.transactionHash}.`)
  if (textOf(row.charges) !== textOf(operation.charges))
    found.push(`charged ${textOf(row.charges)}, and the rules charge ${textOf(operation.charges)}.`)
  return found
}

function usageDisagreements({ usage }: Audit, session: SessionRow): string[] {
  const cells = new Set([...Object.keys(usage), ...Object.keys(session.usage)] as CellId[])
  return [...cells].flatMap((cell) => {
    const [chain, local] = [usage[cell], session.usage[cell]]
    if (chain?.used === local?.used && chain?.period === local?.period) return []
    return [`session: counts ${local?.used ?? 0n} for ${cell}, and the chain ${chain?.used ?? 0n}.`]
  })
}

const textOf = (charges: readonly Charge[]) =>
  charges
    .filter(({ amount }) => amount > 0n)
    .map(({ cell, amount, period }) => `${cell} ${amount}${period === 0 ? '' : ` in period ${period}`}`)
    .sort()
    .join(', ')
