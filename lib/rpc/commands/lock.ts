import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import { endApproval } from '@/lib/rpc/endApproval'
import { lockVaults } from '@/lib/session/vault'

/**
 * Closes every vault at once: nothing signs itself until a passkey opens it. Ephemeral sessions end with it, and so do the sessions
 * under approval, whose keys are in memory only.
 */
export const lock = defineCommand({
  name: 'lock',
  async handle(context) {
    for (const { id, request, operationId } of context.approvals.open())
      if (request.kind === 'session' && operationId === undefined)
        void endApproval(context, id, { kind: 'rejected' })
    await lockVaults(context, { ephemeral: true })
    context.changed()
    return null
  },
})
