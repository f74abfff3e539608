import { accounts } from '@/lib/account/accounts'
import type { ApprovalOutcome } from '@/lib/approval/approval'
import { toRpcError } from '@/lib/errors/toRpcError'
import { OperationMissingError } from '@/lib/operation/journal'
import { operations, type OperationRow } from '@/lib/operation/row'
import { settle } from '@/lib/operation/settle'
import { connectAccount } from '@/lib/rpc/connectAccount'
import type { RpcContext } from '@/lib/rpc/context'
import { endApproval } from '@/lib/rpc/endApproval'
import { sendOperation } from '@/lib/rpc/sendOperation'
import { dropLooseKey } from '@/lib/session/vault'

/**
 * Carries an approval whose operation the owner signed to its end: sends it, and for sessions and revocations waits until it is in a
 * block. Runs again after a restart of the worker; every step of it may be repeated.
 */
export async function finishApproval(context: RpcContext, id: string): Promise<void> {
  const approval = context.approvals.get(id)
  if (approval?.operationId === undefined) return
  const { operationId } = approval
  try {
    const row = await operations.get(context.database, operationId)
    if (row === undefined) throw new OperationMissingError()
    context.desk.put(id, { phase: { phase: 'sending', userOpHash: row.userOpHash } })
    const sent = await sendOperation(context, row)
    const watched = settle(context, operationId)
    // A transaction's window closes once it is accepted; what becomes of it, its page and the activity list tell.
    const end = approval.request.kind === 'transaction' ? sent : await watched
    const outcome = outcomeOf(end)
    if (outcome.kind === 'approved' && approval.request.kind === 'session') {
      // A session that follows another one, or that the wallet suggested, changes nothing of what the site sees.
      const { successor, suggested } = approval.request
      if (successor === undefined && suggested === undefined) await connect(context, id, end)
      for (const replaced of approval.request.replacesIds ?? []) await dropLooseKey(context, replaced)
    }
    await endApproval(context, id, outcome)
  } catch (error) {
    const { code, message } = toRpcError(error)
    await endApproval(context, id, { kind: 'failed', code, message })
  }
}

async function connect(context: RpcContext, id: string, { account: key }: OperationRow): Promise<void> {
  const approval = context.approvals.get(id)
  const account = await accounts.get(context.database, key)
  if (approval !== undefined && account !== undefined)
    await connectAccount(context, approval, account.address)
}

function outcomeOf(row: OperationRow): ApprovalOutcome {
  if (row.status === 'failed')
    return {
      kind: 'failed',
      code: 3,
      message: `execution reverted: ${row.error ?? 'the calls failed on chain'}`,
    }
  if (row.status === 'void')
    return { kind: 'failed', code: -32003, message: `Never included: ${row.error ?? 'its deadline passed'}` }
  if (row.overdue === true)
    return { kind: 'failed', code: -32003, message: `Not included: ${row.error ?? 'its deadline passed.'}` }
  return { kind: 'approved', operationId: row.id }
}
