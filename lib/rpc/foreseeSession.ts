import type { Hex } from 'viem'
import { getNetwork } from '@/lib/chains/networks'
import type { Connection } from '@/lib/connection/connections'
import type { Call } from '@/lib/policy/call'
import type { Refusal } from '@/lib/policy/refusal'
import { maySignSilently, type Caller } from '@/lib/rpc/caller'
import type { RpcContext } from '@/lib/rpc/context'
import { endedSession } from '@/lib/rpc/endedSession'
import { closest, rankSessions, type RefusedSession } from '@/lib/rpc/rankSessions'
import { sessionsOf } from '@/lib/session/sessions'
import { holdsKey, sessionKey } from '@/lib/session/vault'

/**
 * Whether calls would be signed without a question, and why not: `no-session` of this site is open; `refused` by a rule; `locked`, an
 * unlock is asked for first; `frame`, sessions do not sign for a frame in another site.
 */
export type Foresight =
  | { readonly autoSign: true; readonly sessionId: Hex }
  | { readonly autoSign: false; readonly reason: 'frame' }
  | { readonly autoSign: false; readonly reason: 'locked'; readonly sessionId: Hex }
  | { readonly autoSign: false; readonly reason: 'no-session'; readonly refusal?: Refusal | undefined }
  | {
      readonly autoSign: false
      readonly reason: 'refused'
      readonly sessionId: Hex
      readonly refusal: Refusal
    }

/**
 * Foresees what `trySessions` would answer, in the same order, without signing or reserving anything. Gas, fees and sponsors are not
 * asked for: the fee limit and an account that cannot pay are found when the calls are sent. So are the user's own limits: asked at no
 * cost, they would tell what the user does on other sites.
 *
 * @throws {UnreachableError} The node does not answer.
 */
export async function foreseeSession(
  context: RpcContext,
  { caller, connection, calls }: { caller: Caller; connection: Connection; calls: readonly Call[] },
): Promise<Foresight> {
  if (!maySignSilently(caller)) return { autoSign: false, reason: 'frame' }
  const network = await getNetwork(context.database, connection.chainId)
  if ((await sessionsOf(context.database, connection)).length === 0) {
    const { refusal } = await endedSession(context, connection)
    return { autoSign: false, reason: 'no-session', ...(refusal && { refusal }) }
  }
  await context.clock.refresh(network, 1000)
  const { ready, pending, refused } = await rankSessions(context, network, connection, calls, new Set())
  const refusals: RefusedSession[] = [...refused]
  for (const session of ready) {
    if ((await sessionKey(context, session)) !== null) return { autoSign: true, sessionId: session.id }
    if (!session.ephemeral && (await holdsKey(context, session)))
      return { autoSign: false, reason: 'locked', sessionId: session.id }
    refusals.push({ refusal: { rule: 'SessionNotActive', status: 'closed' }, session, wouldAllow: true })
  }
  // Calls wait for a session that is on its way to the chain, without a prompt.
  const [first] = pending
  if (first !== undefined && refusals.length === refused.length)
    return { autoSign: true, sessionId: first.id }
  const { refusal, session } = closest(refusals)
  if (refusal === null || session === null) return { autoSign: false, reason: 'no-session' }
  return { autoSign: false, reason: 'refused', refusal, sessionId: session.id }
}
