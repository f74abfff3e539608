import type { Approval, ApprovalOutcome, NewApproval } from '@/lib/approval/approval'
import { BaseError } from '@/lib/errors/BaseError'
import type { RpcContext } from '@/lib/rpc/context'
import { UserRejectedError } from '@/lib/rpc/errors'
import { prepareApproval } from '@/lib/rpc/prepareApproval'

/**
 * Shows a request to the user and waits for the answer. The same request asked again (after a restart of the worker) waits on the
 * approval that it opened.
 *
 * @throws {UserRejectedError} 4001: "Reject", or the window was closed.
 * @throws {ApprovalFailedError} The owner approved, and it could not be carried out.
 */
export async function askUser(
  context: RpcContext,
  approval: NewApproval,
): Promise<Extract<ApprovalOutcome, { kind: 'approved' }>> {
  return outcomeOf(context, await showApproval(context, approval))
}

/** Opens an approval and its window, without waiting for the answer. */
export async function showApproval(context: RpcContext, approval: NewApproval): Promise<Approval> {
  const asked = await context.approvals.ask(approval)
  if (asked.outcome !== undefined) return asked
  if (context.desk.state(asked.id) === undefined) void prepareApproval(context, asked.id)
  await context.window.show(asked.id)
  return asked
}

/** Waits for the end of an approval; see {@link askUser}. */
export async function outcomeOf(
  context: RpcContext,
  approval: Approval,
): Promise<Extract<ApprovalOutcome, { kind: 'approved' }>> {
  const outcome = await context.approvals.outcome(approval.id)
  if (outcome.kind === 'approved') return outcome
  if (outcome.kind === 'rejected') throw new UserRejectedError()
  throw new ApprovalFailedError(outcome.message, outcome.code)
}

/** What the owner approved could not be carried out; the message says why. */
export class ApprovalFailedError extends BaseError {
  override readonly name = 'Rpc.ApprovalFailedError'
  constructor(message: string, code: number) {
    super(message, { code })
  }
}
