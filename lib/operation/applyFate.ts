import { accounts } from '@/lib/account/accounts'
import type { OperationReceipt } from '@/lib/bundler/receipt'
import type { OperationContext } from '@/lib/operation/context'
import { amend } from '@/lib/operation/journal'
import { passkeyFate } from '@/lib/operation/passkeyFate'
import { closeReplaced, reopenReplaced, restoreReplaced } from '@/lib/operation/replacedSessions'
import { isUnsettled, type OperationRow, type OperationVersion } from '@/lib/operation/row'
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
    async (unsettled, transaction) => {
      if (!isUnsettled(unsettled) || unsettled.status === 'reserved') return null
      const before = withVersion(unsettled, receipt)
      context.lanes.leave(before, true)
      await changeUsage(transaction, before, applyCharges)
      await changeSessions(transaction, before, (session) => statusAfter(before, session, success), receipt)
      await (success ? closeReplaced : restoreReplaced)(transaction, before)
      if (before.userOp.factory !== undefined) await markDeployed(transaction, before)
      if (success) await passkeyFate(transaction, before)
      return {
        ...before,
        status: success ? 'included' : 'failed',
        settled: true,
        success,
        transactionHash: receipt.transactionHash,
        blockNumber: receipt.blockNumber,
        gasUsed: receipt.gasUsed,
        cost: receipt.cost,
        rejected: undefined,
        overdue: undefined,
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
        await changeSessions(transaction, before, ({ status }) => (status === 'closed' ? status : 'failed'))
      await restoreReplaced(transaction, before)
      return { ...before, status: 'void', error: before.rejected?.message ?? reason }
    },
    { stores },
  )
  if (row.status === 'void') context.lanes.leave(row, false)
  return row
}

/**
 * Notes that the newest block shows an operation dead and no final one does: it keeps its limits and its nonce, and nobody waits for
 * it any more.
 *
 * @returns The row as it stands now.
 */
export async function applyOverdue(
  context: OperationContext,
  id: string,
  reason: string,
): Promise<OperationRow> {
  const row = await amend(context, id, (before) =>
    isUnsettled(before) && before.overdue !== true ? { ...before, overdue: true, error: reason } : null,
  )
  if (row.overdue === true) context.lanes.leave(row, false)
  return row
}

/**
 * Takes a settled operation back whose block is gone: row, usage and sessions are as before it, and all that was signed with its
 * nonce is reserved again.
 *
 * @param seen - The row as it was when its block was found to be gone; nothing is done if it changed since.
 * @returns The row as it stands now.
 */
export function undoInclusion(context: OperationContext, seen: OperationRow): Promise<OperationRow> {
  return amend(
    context,
    seen.id,
    async (before, transaction) => {
      if (!before.settled || before.status !== seen.status || before.blockNumber !== seen.blockNumber)
        return null
      context.lanes.leave(before, false)
      await changeUsage(transaction, before, releaseCharges)
      await changeSessions(transaction, before, (session) => statusBefore(before, session))
      await reopenReplaced(transaction, before)
      if (before.success === true) await passkeyFate(transaction, before, true)
      return {
        ...before,
        status: 'sent',
        settled: false,
        wasUndone: true,
        transactionHash: undefined,
        formerHashes: [
          ...(before.formerHashes ?? []),
          ...(before.transactionHash ? [before.transactionHash] : []),
        ],
        blockNumber: undefined,
        isFinal: undefined,
        success: undefined,
        error: undefined,
      }
    },
    { stores },
  )
}

/** The row with what was included in front. */
function withVersion(row: OperationRow, { userOpHash }: OperationReceipt): OperationRow {
  const { others = [] } = row
  const included = others.find((version) => version.userOpHash === userOpHash)
  if (included === undefined) return { ...row, replacement: undefined }
  const { userOp, deadline, expectedBy, payer, rule, charges } = row
  const { userOpHash: hash } = row
  const current: OperationVersion = { userOp, userOpHash: hash, deadline, expectedBy, payer, rule, charges }
  const left = others.filter((version) => version !== included)
  return { ...row, ...included, others: [current, ...left], replacement: undefined }
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
  if ((purpose === 'revoke' || purpose === 'remove-passkey') && success) return 'closed'
  return status
}

function statusBefore({ purpose }: OperationRow, { status }: SessionRow): StoredSessionStatus {
  if ((purpose === 'revoke' || purpose === 'remove-passkey') && status === 'closed') return 'closing'
  if (purpose === 'create-session' && (status === 'active' || status === 'failed')) return 'pending'
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

async function markDeployed(transaction: Transaction, { account: id, chainId }: OperationRow): Promise<void> {
  const account = await accounts.get(transaction, id)
  if (account === undefined || account.deployedOn.includes(chainId)) return
  await accounts.put(transaction, { ...account, deployedOn: [...account.deployedOn, chainId] })
}
