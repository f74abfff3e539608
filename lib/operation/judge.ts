import { bannedTargets } from '@/lib/account/bannedTargets'
import type { Network } from '@/lib/chains/network'
import { countedUsage } from '@/lib/operation/unsettled'
import type { Call, OperationFee } from '@/lib/policy/call'
import { check, type Verdict } from '@/lib/policy/check'
import type { SessionRow } from '@/lib/session/session'
import type { Source } from '@/lib/storage/transact'

/** What is judged. */
export type JudgeRequest = {
  readonly session: SessionRow
  readonly network: Network
  readonly calls: readonly Call[]
  readonly fee: OperationFee
  /** Unix seconds of the chain. */
  readonly timestamp: number
}

/**
 * Judges an operation against a session as it stands in the database: its status, then its policies over the usage that is settled
 * or reserved.
 *
 * @param source - The transaction that then reserves, or the database for a first look.
 */
export async function judge(source: Source, request: JudgeRequest): Promise<Verdict> {
  const { session, network, calls, fee, timestamp } = request
  const { status } = session
  if (status === 'pending' || status === 'paused' || status === 'closing' || status === 'closed')
    return { ok: false, refusal: { rule: 'SessionNotActive', status } }
  if (status === 'failed') return { ok: false, refusal: { rule: 'SessionNotActive', status: 'closed' } }
  const usage = await countedUsage(source, session)
  if (usage === null) return { ok: false, refusal: { rule: 'SessionNotActive', status: 'unknown' } }
  const banned = bannedTargets(session.account, network.deployment)
  return check({ spec: session.spec, usage, calls, fee, timestamp, banned })
}
