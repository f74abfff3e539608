import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import { transact } from '@/lib/storage/transact'
import { sessions } from '@/lib/session/sessions'

/** Pauses a session or lets it go on. Needs no gesture, and survives unlock and restart. */
export const setPaused = defineCommand({
  name: 'setPaused',
  async handle(context, { sessionId, paused }) {
    await transact(context.database, [sessions.store], 'readwrite', async (tx) => {
      const session = await sessions.get(tx, sessionId)
      if (session?.status === 'active' && paused) await sessions.put(tx, { ...session, status: 'paused' })
      if (session?.status === 'paused' && !paused)
        await sessions.put(tx, { ...session, status: 'active', pausedByGuard: undefined })
    })
    context.changed()
    return null
  },
})
