import type { Refusal } from '@/lib/policy/refusal'
import type { RpcContext } from '@/lib/rpc/context'
import type { SessionRow } from '@/lib/session/session'
import { sessions } from '@/lib/session/sessions'
import { readSettings } from '@/lib/settings/settings'
import { table } from '@/lib/storage/table'
import { transact } from '@/lib/storage/transact'

type RefusalsRow = { readonly key: string; readonly at: readonly number[] }

const refusals = table<RefusalsRow>('meta')
const minute = 60_000
/** So many refusals within a minute pause a session, if the user wants that. */
const mostRefusals = 10

/** Refusals that say nothing about what the site asks for. */
const stateOnly: ReadonlySet<Refusal['rule']> = new Set(['SessionNotActive', 'SessionExpired'])

/**
 * Counts a refusal against the session that came closest to allowing the request. At the tenth within a minute the session is
 * paused, and the user is told, if the guards say so. Count and pause are one transaction: requests at once cannot slip past it.
 */
export async function countRefusal(
  context: RpcContext,
  { id, origin }: Pick<SessionRow, 'id' | 'origin'>,
  refusal: Refusal,
): Promise<void> {
  if (stateOnly.has(refusal.rule)) return
  const key = `refusals:${id}`
  const paused = await transact(
    context.database,
    ['settings', 'sessions', 'meta'],
    'readwrite',
    async (transaction) => {
      const { guards } = await readSettings(transaction)
      const session = await sessions.get(transaction, id)
      if (!guards.pauseAfterRefusals || session?.status !== 'active') return false
      const now = context.now()
      const before = (await refusals.get(transaction, key))?.at ?? []
      const at = [...before.filter((moment) => moment > now - minute), now]
      if (at.length < mostRefusals) {
        await refusals.put(transaction, { key, at })
        return false
      }
      await refusals.delete(transaction, key)
      await sessions.put(transaction, { ...session, status: 'paused', pausedByGuard: true })
      return true
    },
  )
  if (!paused) return
  context.changed()
  context.notify({
    id: `paused:${id}`,
    title: 'Session paused',
    message: `${new URL(origin).host} was refused ${mostRefusals} times within a minute, so its session is paused. Resume it under Sessions if that is what you want.`,
  })
}
