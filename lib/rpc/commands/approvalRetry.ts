import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import { prepareApproval } from '@/lib/rpc/prepareApproval'

/** Prepares a request again after an error. */
export const approvalRetry = defineCommand({
  name: 'approvalRetry',
  async handle(context, { id }) {
    await prepareApproval(context, id)
    return null
  },
})
