import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import { openApproval } from '@/lib/rpc/openApproval'
import { prepareApproval } from '@/lib/rpc/prepareApproval'

/** Prepares a request again after an error. */
export const approvalRetry = defineCommand({
  name: 'approvalRetry',
  async handle(context, { id }) {
    openApproval(context, id)
    await prepareApproval(context, id)
    return null
  },
})
