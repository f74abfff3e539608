import { submit, type Submission } from '@/lib/bundler/submit'
import { getNetwork } from '@/lib/chains/networks'
import type { OperationContext } from '@/lib/operation/context'
import { amend } from '@/lib/operation/journal'
import type { OperationRow } from '@/lib/operation/row'

/**
 * Sends a journalled operation's bytes to the bundler, the same however often. A refusal or silence is recorded, and proves nothing:
 * the operation stays reserved until the chain shows its fate (`settle`, `recover`).
 *
 * @param row - Signed.
 * @returns The row as it stands now, and what the bundler said.
 */
export async function submitOperation(
  context: OperationContext,
  row: OperationRow,
): Promise<{ row: OperationRow; submission: Submission }> {
  const network = await getNetwork(context.database, row.chainId)
  const submission = await submit(network, row.userOp, row.userOpHash)
  const next = await amend(context, row.id, (before) => {
    if (before.status !== 'signed' && before.status !== 'sent') return null
    if (submission.outcome === 'accepted' || submission.outcome === 'known')
      return before.status === 'sent' ? null : { ...before, status: 'sent', rejected: undefined }
    // Refused after it was taken once (AA25: it is included by now) says nothing new.
    if (submission.outcome === 'rejected' && before.status === 'signed') {
      const { code, message } = submission
      return { ...before, rejected: { code, message } }
    }
    return null
  })
  // Not under way any more: others need not wait for it. Its lane stays taken until the chain shows its fate.
  if (next.rejected !== undefined) context.lanes.leave(next, false)
  return { row: next, submission }
}
