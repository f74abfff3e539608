import { codecFor } from '@/lib/account/codecs/codec'
import type { Network } from '@/lib/chains/network'
import type { Call, OperationFee } from '@/lib/policy/call'
import { check, type Verdict } from '@/lib/policy/check'
import type { Usage } from '@/lib/policy/usage'
import type { SessionRow } from '@/lib/session/session'

/** What is judged. */
export type JudgeRequest = {
  readonly session: SessionRow
  /** What counts against its limits (`usageOf`); `null` when that is not known. */
  readonly usage: Usage | null
  readonly network: Network
  readonly calls: readonly Call[]
  readonly fee: OperationFee
  /** Unix seconds of the chain. */
  readonly timestamp: number
}

/** Verdict on an operation. When it is allowed, with the usage that it is allowed over. */
export type Judgement =
  (Extract<Verdict, { ok: true }> & { readonly usage: Usage }) | Extract<Verdict, { ok: false }>

/**
 * Judges an operation against a session: its status, then its policies over the usage that is settled or reserved. Pure: session and
 * usage are read before, in one moment.
 */
export function judge({ session, usage, network, calls, fee, timestamp }: JudgeRequest): Judgement {
  const { status } = session
  if (status === 'pending' || status === 'paused' || status === 'closing' || status === 'closed')
    return { ok: false, refusal: { rule: 'SessionNotActive', status } }
  if (status === 'failed') return { ok: false, refusal: { rule: 'SessionNotActive', status: 'closed' } }
  if (usage === null) return { ok: false, refusal: { rule: 'SessionNotActive', status: 'unknown' } }
  const { bannedTargets, rules } = codecFor(network.deployment.kind)
  const banned = bannedTargets(session.account, network.deployment)
  const verdict = check({ spec: session.spec, usage, calls, fee, timestamp, banned, rules })
  return verdict.ok ? { ...verdict, usage } : verdict
}
