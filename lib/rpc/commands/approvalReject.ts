import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import { endApproval } from '@/lib/rpc/endApproval'

/** Rejects a request: its page gets 4001. Too late once the owner signed. */
export const approvalReject = defineCommand({
  name: 'approvalReject',
  async handle(context, { id }) {
    const approval = context.approvals.get(id)
    if (approval !== undefined && approval.operationId === undefined)
      await endApproval(context, id, { kind: 'rejected' })
    return null
  },
})
