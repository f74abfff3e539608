import { listNetworks } from '@/lib/chains/networks'
import { describeLowLimit } from '@/lib/describe/describeRemaining'
import { formatEnd } from '@/lib/describe/formatTime'
import { lowLimits } from '@/lib/policy/lowLimits'
import type { RpcContext } from '@/lib/rpc/context'
import { describeContextOf } from '@/lib/rpc/describeContextOf'
import type { Notice } from '@/lib/rpc/notifyUser'
import type { SessionNotice, SessionRow } from '@/lib/session/session'

/** Words what the owner is told of a session. Its id is of session and event, so that the browser shows it once. */
export async function sessionNotification(
  context: RpcContext,
  session: SessionRow,
  notice: Exclude<SessionNotice, 'revoked'>,
): Promise<Notice> {
  const { spec, usage, chainId } = session
  const network = (await listNetworks(context.database)).find((known) => known.chainId === chainId)
  const words = await describeContextOf(context, session)
  const site = new URL(session.origin).host
  const base = { id: `session ${notice} ${session.id}`, title: `Session of ${site}` }
  if (notice === 'expired')
    return {
      ...base,
      message: `The session ended ${formatEnd(spec.expiresAt, words)}. Renew it in Latchkey.`,
    }
  if (notice === 'closed')
    return {
      ...base,
      message: `Closed on ${network?.name ?? `chain ${chainId}`}. A copied key is useless now.`,
    }
  const [low] = lowLimits(spec, usage, words.now)
  return { ...base, message: low === undefined ? 'A limit is nearly used up.' : describeLowLimit(low, words) }
}
