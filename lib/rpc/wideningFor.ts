import { codecFor } from '@/lib/account/codecs/codec'
import { SpecEncodingError } from '@/lib/account/codecs/specErrors'
import type { Network } from '@/lib/chains/network'
import type { WideningView } from '@/lib/messaging/views'
import { countedUsage } from '@/lib/operation/standing'
import type { Call } from '@/lib/policy/call'
import type { Refusal } from '@/lib/policy/refusal'
import { widen } from '@/lib/policy/widen'
import type { RpcContext } from '@/lib/rpc/context'
import { lifetimeOf } from '@/lib/rpc/lifetimeOf'
import type { SessionRow } from '@/lib/session/session'

/** The session that would let calls through which `session` refused, or why there is none. Nothing is signed or stored. */
export async function wideningFor(
  context: RpcContext,
  {
    network,
    session,
    calls,
    refusal,
    known,
  }: {
    network: Network
    session: SessionRow
    calls: readonly Call[]
    refusal: Refusal
    /** Whether the chain says what the session has left. */
    known: boolean
  },
): Promise<WideningView> {
  const usage = known ? await countedUsage(context.database, session) : null
  if (usage === null) return { how: null, obstacle: 'unknown' }
  const { rules, bannedTargets, encodeSpec } = codecFor(network.deployment.kind)
  if (calls.length > rules.maximumCalls) return { how: null, obstacle: 'batch' }
  const widening = widen({
    spec: session.spec,
    usage,
    calls,
    refusal,
    timestamp: context.clock.now(network.chainId),
    banned: bannedTargets(session.account, network.deployment),
    rules,
    lifetime: lifetimeOf(session),
  })
  if (!widening.ok) return { how: null, obstacle: widening.obstacle }
  const { how, spec } = widening
  try {
    encodeSpec(spec)
  } catch (error) {
    if (error instanceof SpecEncodingError) return { how: null, obstacle: 'too-large' }
    throw error
  }
  return { how, of: session.id, spec }
}
