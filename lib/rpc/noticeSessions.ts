import { numberToHex } from 'viem'
import { connections } from '@/lib/connection/connections'
import { lowLimits } from '@/lib/policy/lowLimits'
import type { RpcContext } from '@/lib/rpc/context'
import { sessionNotification } from '@/lib/rpc/sessionNotification'
import { toDapp } from '@/lib/rpc/toDapp'
import type { SessionNotice, SessionRow } from '@/lib/session/session'
import { sessions } from '@/lib/session/sessions'
import { readSettings } from '@/lib/settings/settings'
import { transact } from '@/lib/storage/transact'

/** A session with what is to be told of it now. */
type Due = { readonly session: SessionRow; readonly notices: readonly SessionNotice[] }

/**
 * Tells sites and the owner what became of their sessions: `session_expired`, `session_revoked`, `session_low` (80 % of a limit is
 * used) reach the site as `message` events of the provider, and the owner as notifications. What is told is written down first, in one
 * transaction with the look at it: each is told once, also when two look at the same time or the worker stops.
 *
 * @see https://eips.ethereum.org/EIPS/eip-1193#message-1
 */
export async function noticeSessions(context: RpcContext): Promise<void> {
  const all = await sessions.getAll(context.database)
  if (all.every((session) => dueOf(context, session).length === 0)) return
  const due = await transact(context.database, [sessions.store], 'readwrite', async (tx) => {
    const list: Due[] = []
    for (const session of await sessions.getAll(tx)) {
      const notices = dueOf(context, session)
      if (notices.length === 0) continue
      await sessions.put(tx, { ...session, told: [...(session.told ?? []), ...notices] })
      list.push({ session, notices })
    }
    return list
  })
  for (const { session, notices } of due)
    for (const notice of notices) {
      await tellSite(context, session, notice)
      await tellOwner(context, session, notice)
    }
}

/** What of a session is to be told and was not. */
function dueOf(context: RpcContext, session: SessionRow): SessionNotice[] {
  const { status, endedAt, spec, usage, told = [] } = session
  const now = chainSeconds(context, session)
  const runs = status === 'active' || status === 'paused'
  const isOver = (status === 'closing' && session.replacing === undefined) || status === 'closed'
  const due: SessionNotice[] = []
  if (runs && spec.expiresAt < now) due.push('expired')
  if (runs && spec.expiresAt >= now && lowLimits(spec, usage, now).length > 0) due.push('low')
  // Of one that expired before, its end is no news. Rows of older versions have no time of their end.
  if (isOver && endedAt !== undefined && !told.includes('expired')) {
    due.push('revoked')
    if (status === 'closed') due.push('closed')
  }
  return due.filter((notice) => !told.includes(notice))
}

async function tellSite(context: RpcContext, session: SessionRow, notice: SessionNotice): Promise<void> {
  if (notice === 'closed') return
  const connection = await connections.get(context.database, session.origin)
  if (connection?.account.toLowerCase() !== session.account.toLowerCase()) return
  const { id, chainId, spec, replacedBy } = session
  const base = { id, chainId: numberToHex(chainId) }
  const data =
    notice === 'expired'
      ? { ...base, expiresAt: spec.expiresAt }
      : notice === 'revoked'
        ? { ...base, replacedBy }
        : { ...base, limits: lowLimits(spec, session.usage, chainSeconds(context, session)) }
  context.emit(session.origin, 'message', { type: `session_${notice}`, data: toDapp(data) })
}

async function tellOwner(context: RpcContext, session: SessionRow, notice: SessionNotice): Promise<void> {
  // That it stopped here the owner did; that another one took its place, the owner approved.
  if (notice === 'revoked' || session.replacedBy !== undefined) return
  if (!(await readSettings(context.database)).notices.sessions) return
  context.notify(await sessionNotification(context, session, notice))
}

function chainSeconds(context: RpcContext, { chainId }: SessionRow): number {
  return Math.floor(context.now() / 1000) + context.clock.skew(chainId)
}
