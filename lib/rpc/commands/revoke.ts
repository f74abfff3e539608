import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import { revokeSessions } from '@/lib/rpc/revokeSessions'

/** Ends sessions here at once, and asks for the gestures that close them on chain. */
export const revoke = defineCommand({
  name: 'revoke',
  async handle(context, { sessionIds, cleanUp = false }) {
    return { approvalIds: await revokeSessions(context, sessionIds, cleanUp) }
  },
})
