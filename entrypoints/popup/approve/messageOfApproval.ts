import { chainTime } from '@/entrypoints/popup/chainTime'
import { describeMessage, type MessageText } from '@/lib/describe/describeMessage'
import type { ApprovalRequest, ApprovalView, Snapshot } from '@/lib/messaging/views'

/**
 * What a message is, checked against the site that sent it, as of the moment in which it was asked: what is shown must not change
 * under the finger.
 */
export function messageOfApproval(
  { origin, account, chainId, createdAt }: ApprovalView,
  { message }: Extract<ApprovalRequest, { kind: 'message' }>,
  snapshot: Snapshot,
): MessageText {
  if (origin === null || account === null) throw new TypeError('Messages come from connected sites.')
  return describeMessage(message, { origin, account, chainId, now: chainTime(snapshot, chainId, createdAt) })
}
