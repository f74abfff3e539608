import type { Address, Hex } from 'viem'
import type { ChainSession } from '@/lib/account/codecs/chainSession'
import { readSessionStates } from '@/lib/account/readSessionStates'
import type { Network } from '@/lib/chains/network'
import type { OperationContext } from '@/lib/operation/context'
import { readStanding, usageOf, type Standing } from '@/lib/operation/standing'
import { applyCharges } from '@/lib/policy/applyCharges'
import { foreignUsage } from '@/lib/policy/foreignUsage'
import type { SessionRow } from '@/lib/session/session'
import { sessions } from '@/lib/session/sessions'
import { transact } from '@/lib/storage/transact'

/** What the chain said that the wallet did not know. */
export type SessionNews = {
  /** Sessions that are closed on chain, here or elsewhere, as they are now. */
  readonly closed: readonly SessionRow[]
  /** Sessions that were used from elsewhere, as they are now. */
  readonly used: readonly SessionRow[]
  /** Sessions that the wallet counts as open and the chain does not know: their state is unknown, nothing is signed for them. */
  readonly unknown: readonly Hex[]
}

/** Nothing new. */
const noNews: SessionNews = { closed: [], used: [], unknown: [] }

/** The statuses in which the chain is to know a session. */
const onChain = new Set<SessionRow['status']>(['active', 'paused', 'closing'])

/**
 * Asks the chain about the open sessions of an account, in one request, and takes over what it knows better: that a session is
 * closed, and usage beyond what the journal counts. Safe while operations are under way: their charges are counted in the journal
 * already, whether or not the chain has them.
 *
 * @throws {UnreachableError} The node does not answer.
 * @throws {SessionStateError} It answers something that does not fit.
 */
export async function syncSessions(
  context: OperationContext,
  network: Network,
  account: Address,
): Promise<SessionNews> {
  const own = account.toLowerCase()
  const now = Date.now() / 1000 + context.clock.skew(network.chainId)
  const rows = (await sessions.getAll(context.database)).filter(
    (session) =>
      session.account === own &&
      session.chainId === network.chainId &&
      onChain.has(session.status) &&
      session.spec.expiresAt >= now,
  )
  if (rows.length === 0) return noNews
  const states = await readSessionStates(
    network,
    account,
    rows.map(({ spec }) => spec),
  )
  const closed: SessionRow[] = []
  const used: SessionRow[] = []
  const unknown: Hex[] = []
  for (const [index, { id }] of rows.entries()) {
    const state = states[index]
    if (state === undefined) continue
    const after = await takeOver(context, id, state)
    if (state.status === 'none') unknown.push(id)
    else if (after !== null) (after.status === 'closed' ? closed : used).push(after)
  }
  return { closed, used, unknown }
}

/** @returns The session as it is now; `null` when nothing is new. */
function takeOver(context: OperationContext, id: Hex, state: ChainSession): Promise<SessionRow | null> {
  const stores = [sessions.store, 'operations', 'meta'] as const
  return transact(context.database, stores, 'readwrite', async (transaction) => {
    const standing = await readStanding(transaction, id)
    // What an operation of this wallet did meanwhile is known better here.
    if (standing === null || !onChain.has(standing.session.status)) return null
    const after = withNews(standing, state)
    if (after !== null) await sessions.put(transaction, after)
    return after
  })
}

function withNews(standing: Standing, { status, usage }: ChainSession): SessionRow | null {
  const { session } = standing
  if (status === 'closed') {
    const gone = { sealedKey: undefined, replacing: undefined }
    return { ...session, ...gone, status: 'closed', endedAt: session.endedAt ?? Date.now() }
  }
  if (status !== 'active') return null
  const counted = usageOf(standing)
  // Lost or damaged: it is rebuilt from a final block, and signs nothing until then.
  if (counted === null) return null
  const charges = foreignUsage(counted, usage)
  return charges.length === 0 ? null : { ...session, usage: applyCharges(session.usage, charges) }
}
