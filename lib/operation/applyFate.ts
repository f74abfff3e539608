import { accounts } from '@/lib/account/accounts'
import type { OperationReceipt } from '@/lib/bundler/receipt'
import type { OperationContext } from '@/lib/operation/context'
import { amend } from '@/lib/operation/journal'
import { isUnsettled, type OperationRow } from '@/lib/operation/row'
import { applyCharges } from '@/lib/policy/applyCharges'
import { releaseCharges } from '@/lib/policy/releaseCharges'
import type { SessionRow, StoredSessionStatus } from '@/lib/session/session'
import { sessions } from '@/lib/session/sessions'
import type { Transaction } from '@/lib/storage/transact'

const stores = ['sessions', 'accounts'] as const

/**
 * Settles an included operation: its row, the session's usage, the sessions that it created or closed, the account and the activity
 * list change in one transaction. Charges count whether or not its calls succeeded. Does nothing the second time.
 *
 * @returns The row as it stands now.
 */
export async function applyInclusion(
  context: OperationContext,
  id: string,
  receipt: OperationReceipt,
): Promise<OperationRow> {
  const { success } = receipt
  const row = await amend(
    context,
    id,
    async (before, transaction) => {
      if (!isUnsettled(before) || before.status === 'reserved') return null
      context.lanes.leave(before, true)
      if (!before.settled) await changeUsage(transaction, before, applyCharges)
      await changeSessions(transaction, before, (session) => statusAfter(before, session, success), receipt)
      await (success ? closeReplaced : restoreReplaced)(transaction, before)
      if (before.userOp.factory !== undefined) await markDeployed(transaction, before)
      return {
        ...before,
        status: success ? 'included' : 'failed',
        settled: true,
        success,
        transactionHash: receipt.transactionHash,
        blockNumber: receipt.blockNumber,
        gasUsed: receipt.gasUsed,
        rejected: undefined,
        error: success ? undefined : (receipt.reason ?? 'Its calls failed on chain.'),
      }
    },
    { stores },
  )
  if (!isUnsettled(row) && row.status !== 'void') context.lanes.leave(row, true)
  return row
}

/**
 * Settles an operation that can never be included: its reservation is free again.
 *
 * @returns The row as it stands now.
 */
export async function applyVoid(
  context: OperationContext,
  id: string,
  reason: string,
): Promise<OperationRow> {
  const row = await amend(
    context,
    id,
    async (before, transaction) => {
      if (!isUnsettled(before)) return null
      context.lanes.leave(before, false)
      if (before.purpose === 'create-session')
        await changeSessions(transaction, before, (session) => statusAfter(before, session, false))
      await restoreReplaced(transaction, before)
      // It was in a block that a reorganisation took away.
      if (before.settled) await changeUsage(transaction, before, releaseCharges)
      return { ...before, status: 'void', settled: false, error: before.rejected?.message ?? reason }
    },
    { stores },
  )
  if (row.status === 'void') context.lanes.leave(row, false)
  return row
}

async function changeUsage(
  transaction: Transaction,
  row: OperationRow,
  change: typeof applyCharges,
): Promise<void> {
  if (row.sessionId === null) return
  const session = await sessions.get(transaction, row.sessionId)
  if (session === undefined) return
  await sessions.put(transaction, { ...session, usage: change(session.usage, row.charges) })
}

function statusAfter(
  { purpose, id }: OperationRow,
  { status, operationId }: SessionRow,
  success: boolean,
): StoredSessionStatus {
  if (purpose === 'create-session' && status === 'pending') return success ? 'active' : 'failed'
  // Revoked here before it was ever on the chain.
  if (purpose === 'create-session' && status === 'closing' && operationId === id && !success) return 'failed'
  if (purpose === 'revoke' && success) return 'closed'
  return status
}

async function changeSessions(
  transaction: Transaction,
  row: OperationRow,
  statusOf: (session: SessionRow) => StoredSessionStatus,
  receipt?: OperationReceipt,
): Promise<void> {
  for (const id of row.sessionIds ?? []) {
    const session = await sessions.get(transaction, id)
    if (session === undefined) continue
    const created = row.purpose === 'create-session' && receipt !== undefined
    const status = statusOf(session)
    await sessions.put(transaction, {
      ...session,
      status,
      ...(status === 'closed' && { endedAt: session.endedAt ?? Date.now() }),
      ...(created && { transactionHash: receipt.transactionHash }),
    })
  }
}

/** The sessions in whose place another one is now are closed, and their keys are gone. */
async function closeReplaced(
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
async function restoreReplaced(
  transaction: Transaction,
  { id: operationId, replacesIds = [] }: OperationRow,
): Promise<void> {
  for (const id of replacesIds) {
    const session = await sessions.get(transaction, id)
    if (session?.status !== 'closing' || session.replacing?.operationId !== operationId) continue
    await sessions.put(transaction, { ...session, status: session.replacing.before, replacing: undefined })
  }
}

async function markDeployed(transaction: Transaction, { account: id, chainId }: OperationRow): Promise<void> {
  const account = await accounts.get(transaction, id)
  if (account === undefined || account.deployedOn.includes(chainId)) return
  await accounts.put(transaction, { ...account, deployedOn: [...account.deployedOn, chainId] })
}
