import type { Sponsor } from '@/lib/approval/approval'
import { EstimationError } from '@/lib/bundler/estimateGas'
import { getNetwork } from '@/lib/chains/networks'
import type { Network } from '@/lib/chains/network'
import type { Connection } from '@/lib/connection/connections'
import { authorize, type Authorization } from '@/lib/operation/authorize'
import type { OperationRow } from '@/lib/operation/row'
import { settle } from '@/lib/operation/settle'
import type { Call } from '@/lib/policy/call'
import type { Refusal } from '@/lib/policy/refusal'
import type { Unpaid } from '@/lib/policy/unpaid'
import { checkEvery, checkSessions } from '@/lib/rpc/checkSessions'
import type { RpcContext } from '@/lib/rpc/context'
import { endedSession } from '@/lib/rpc/endedSession'
import { closest, rankSessions, type RefusedSession } from '@/lib/rpc/rankSessions'
import { signWith } from '@/lib/rpc/signWith'
import type { SessionRow } from '@/lib/session/session'
import { sessionsOf } from '@/lib/session/sessions'
import { sessionKey, VaultClosedError } from '@/lib/session/vault'

/** Calls that a site wants signed. */
export type SessionAttempt = {
  readonly connection: Connection
  readonly calls: readonly Call[]
  readonly sponsor?: Sponsor | undefined
  readonly callsId: string
}

/**
 * What came of it. `locked`: a session allows the calls, and its vault is closed. `refused`: none does; `refusal` is `null` when the
 * site has none, `known` false while the chain does not say what the session has left. `unpaid`: a session allows them, and neither a
 * sponsor nor the account can pay now.
 */
export type SessionResult =
  | { readonly outcome: 'signed'; readonly row: OperationRow }
  | { readonly outcome: 'locked' }
  | {
      readonly outcome: 'refused'
      readonly refusal: Refusal | null
      readonly session: SessionRow | null
      readonly known: boolean
    }
  | { readonly outcome: 'unpaid'; readonly session: SessionRow; readonly unpaid: Unpaid }

/** A session allows the calls as soon as the chain has it. */
type Pending = { readonly outcome: 'pending'; readonly session: SessionRow; readonly known: boolean }

/** How long calls wait for a session that is on its way to the chain, in ms. */
const pendingPatience = 60_000
/** How often is looked whether it is there, where no operation of this wallet tells, in ms. */
const pendingPause = 1000

/**
 * Signs calls with the narrowest session of the site that allows them. They wait, at most 60 s, for one that is not on the chain yet.
 * When the chain refuses what the journal allows, the session was revoked or used elsewhere: that is looked up once, and the calls are
 * judged again.
 *
 * @throws {UnreachableError | EstimationError} As `authorize`.
 */
export async function trySessions(context: RpcContext, attempt: SessionAttempt): Promise<SessionResult> {
  const network = await getNetwork(context.database, attempt.connection.chainId)
  let patience: Promise<'over'> | undefined
  let isOver = false
  let looked = false
  for (;;) {
    let result: SessionResult | Pending
    try {
      result = await tryOnce(context, network, attempt)
    } catch (error) {
      if (looked || !(error instanceof EstimationError)) throw error
      looked = true
      const news = await checkSessions(context, network, attempt.connection.account, 0)
      if (news === null || news.closed.length + news.used.length + news.unknown.length === 0) throw error
      continue
    }
    if (result.outcome !== 'pending') return result
    const { session, known } = result
    if (isOver)
      return { outcome: 'refused', refusal: { rule: 'SessionNotActive', status: 'pending' }, session, known }
    patience ??= new Promise((resolve) => setTimeout(() => resolve('over'), pendingPatience))
    isOver = (await Promise.race([arrival(context, session), patience])) === 'over'
  }
}

/** Resolves when there may be news of a session that is not on the chain yet. */
async function arrival(context: RpcContext, { status, operationId }: SessionRow): Promise<void> {
  const watched = status === 'pending' && operationId !== null
  const pause = new Promise((resolve) => setTimeout(resolve, watched ? 50 : pendingPause))
  await Promise.all([watched && settle(context, operationId), pause])
}

async function tryOnce(
  context: RpcContext,
  network: Network,
  { connection, calls, sponsor, callsId }: SessionAttempt,
): Promise<SessionResult | Pending> {
  const own = await sessionsOf(context.database, connection)
  if (own.length === 0)
    return { outcome: 'refused', ...(await endedSession(context, connection)), known: true }
  const [news] = await Promise.all([
    checkSessions(context, network, connection.account, checkEvery),
    context.clock.refresh(network, 1000),
  ])
  const unknown = new Set(news?.unknown)
  const { ready, pending, refused } = await rankSessions(context, network, connection, calls, unknown)
  const refusals: RefusedSession[] = [...refused]
  for (const session of ready) {
    if ((await sessionKey(context, session)) === null) {
      if (!session.ephemeral && session.sealedKey !== undefined) return { outcome: 'locked' }
      refusals.push({ refusal: { rule: 'SessionNotActive', status: 'closed' }, session, wouldAllow: true })
      continue
    }
    const result = await authorize(context, {
      network,
      session,
      calls,
      origin: connection.origin,
      sponsor: sponsor ?? connection.sponsor,
      dappCallsId: callsId,
      sign: signWith(context, session),
    }).catch(lockedMeanwhile)
    if (result === 'locked') {
      if (!session.ephemeral) return { outcome: 'locked' }
      refusals.push({ refusal: { rule: 'SessionNotActive', status: 'closed' }, session, wouldAllow: true })
      continue
    }
    if (result.ok) return { outcome: 'signed', row: result.row }
    if (result.reason !== 'refused') return { outcome: 'unpaid', session, unpaid: unpaidOf(result) }
    refusals.push({ refusal: result.refusal, session, wouldAllow: true })
  }
  const [first] = pending
  if (first !== undefined && refusals.length === refused.length)
    return { outcome: 'pending', session: first, known: !unknown.has(first.id) }
  return { outcome: 'refused', ...closest(refusals), known: true }
}

/** Locked while the operation was made: nothing was signed. */
function lockedMeanwhile(error: unknown): 'locked' {
  if (error instanceof VaultClosedError) return 'locked'
  throw error
}

function unpaidOf(result: Extract<Authorization, { reason: 'sponsor-refused' | 'needs-funds' }>): Unpaid {
  const { reason } = result
  if (reason === 'sponsor-refused') return { reason, message: result.message }
  return { reason, balance: result.balance, required: result.required }
}
