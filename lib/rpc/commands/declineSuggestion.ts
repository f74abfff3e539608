import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import { decline } from '@/lib/rpc/declinedSuggestions'
import { openApproval } from '@/lib/rpc/openApproval'

/** Offers no session by itself any more for the like of what an approval asks. The owner can still make one. */
export const declineSuggestion = defineCommand({
  name: 'declineSuggestion',
  async handle(context, { id }) {
    const approval = openApproval(context, id)
    if (approval.request.kind === 'transaction')
      await decline(context.database, approval, approval.request.calls)
    return null
  },
})
