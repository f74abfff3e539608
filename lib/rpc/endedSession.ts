import type { Connection } from '@/lib/connection/connections'
import type { Refusal } from '@/lib/policy/refusal'
import type { RpcContext } from '@/lib/rpc/context'
import type { SessionRow } from '@/lib/session/session'
import { sessions } from '@/lib/session/sessions'

/** The site's session that was closed last, and that as the reason to ask, so that nobody wonders why; nulls when it never had one. */
export async function endedSession(
  context: RpcContext,
  { origin, account, chainId }: Connection,
): Promise<{ refusal: Refusal | null; session: SessionRow | null }> {
  const ended = (await sessions.getAll(context.database)).filter(
    (session) =>
      session.origin === origin &&
      session.chainId === chainId &&
      session.account.toLowerCase() === account.toLowerCase() &&
      (session.status === 'closing' || session.status === 'closed'),
  )
  const endOf = ({ endedAt, createdAt }: SessionRow) => endedAt ?? createdAt
  const [session] = ended.sort((a, b) => endOf(b) - endOf(a) || b.createdAt - a.createdAt)
  if (session === undefined) return { refusal: null, session: null }
  const status = session.status === 'closing' ? 'closing' : 'closed'
  const endedAt = session.endedAt === undefined ? undefined : Math.floor(session.endedAt / 1000)
  return { refusal: { rule: 'SessionNotActive', status, endedAt }, session }
}
