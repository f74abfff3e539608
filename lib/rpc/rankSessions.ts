import type { Hex } from 'viem'
import type { Network } from '@/lib/chains/network'
import type { Connection } from '@/lib/connection/connections'
import { judge, type JudgeRequest } from '@/lib/operation/judge'
import { countedUsage } from '@/lib/operation/standing'
import type { Call } from '@/lib/policy/call'
import type { Refusal } from '@/lib/policy/refusal'
import { compareWidth, widthOf, type Width } from '@/lib/policy/width'
import type { RpcContext } from '@/lib/rpc/context'
import type { SessionRow } from '@/lib/session/session'
import { sessionsOf } from '@/lib/session/sessions'

/** A session that does not sign, and why. `wouldAllow`: its rules allow the calls, it only cannot sign now. */
export type RefusedSession = {
  readonly refusal: Refusal
  readonly session: SessionRow
  readonly wouldAllow: boolean
}

/** The sessions of a site by what they say to some calls. */
export type RankedSessions = {
  /** They allow the calls; the narrowest first. */
  readonly ready: readonly SessionRow[]
  /** They will, once the chain has them; the narrowest first. */
  readonly pending: readonly SessionRow[]
  readonly refused: readonly RefusedSession[]
}

/**
 * Judges calls by every session of a site.
 *
 * @param unknown - Sessions that the chain does not know at the moment.
 */
export async function rankSessions(
  context: RpcContext,
  network: Network,
  connection: Connection,
  calls: readonly Call[],
  unknown: ReadonlySet<Hex>,
): Promise<RankedSessions> {
  const timestamp = context.clock.now(network.chainId)
  const ready: { session: SessionRow; width: Width }[] = []
  const pending: { session: SessionRow; width: Width }[] = []
  const refused: RefusedSession[] = []
  for (const session of await sessionsOf(context.database, connection)) {
    const usage = await countedUsage(context.database, session)
    const request = { usage, network, calls, fee: { fee: 0n }, timestamp }
    // What it would say if it were at work.
    const verdict = judge({ ...request, session: { ...session, status: 'active' } })
    if (!verdict.ok) {
      const { refusal } = verdict
      const wouldAllow = refusal.rule === 'SessionExpired' && allowedOnce(session, request)
      refused.push({ refusal, session, wouldAllow })
    } else if (session.status === 'paused')
      refused.push({ refusal: { rule: 'SessionNotActive', status: 'paused' }, session, wouldAllow: true })
    else {
      const { spec } = session
      const { policyIndex } = verdict
      const width = widthOf({ spec, usage: verdict.usage, calls, policyIndex, timestamp })
      const waits = session.status === 'pending' || unknown.has(session.id)
      ;(waits ? pending : ready).push({ session, width })
    }
  }
  return { ready: narrowestFirst(ready), pending: narrowestFirst(pending), refused }
}

function narrowestFirst(list: { session: SessionRow; width: Width }[]): SessionRow[] {
  return list.sort((a, b) => compareWidth(a.width, b.width)).map(({ session }) => session)
}

/** Whether an expired session would have allowed the calls, fresh as it was. */
function allowedOnce(session: SessionRow, request: Omit<JudgeRequest, 'session'>): boolean {
  const spec = { ...session.spec, expiresAt: request.timestamp + 60 }
  return judge({ ...request, session: { ...session, spec, status: 'active' }, usage: {} }).ok
}

const noPolicy: ReadonlySet<Refusal['rule']> = new Set(['CallPolicyViolated', 'TransferPolicyViolated'])

/**
 * The refusal that says most: of a session that allows the calls but cannot sign or is used up, else of one that knows the call, else
 * of any that still runs.
 */
export function closest(refusals: readonly RefusedSession[]): {
  readonly refusal: Refusal | null
  readonly session: SessionRow | null
} {
  const rank = ({ refusal, wouldAllow }: RefusedSession) => {
    const isOver = refusal.rule === 'SessionExpired' || refusal.rule === 'SessionNotActive'
    if (!isOver && !noPolicy.has(refusal.rule)) return 0
    if (wouldAllow) return 1
    return isOver ? 3 : 2
  }
  const [best] = [...refusals].sort((a, b) => rank(a) - rank(b))
  return best ?? { refusal: null, session: null }
}
