import type { Address } from 'viem'
import { codecFor } from '@/lib/account/codecs/codec'
import { SpecEncodingError } from '@/lib/account/codecs/specErrors'
import type { Approval } from '@/lib/approval/approval'
import { fees } from '@/lib/bundler/fees'
import type { Network } from '@/lib/chains/network'
import { getNetwork } from '@/lib/chains/networks'
import type { TransactionRequest } from '@/lib/messaging/views'
import type { SessionSpec } from '@/lib/policy/spec'
import { suggestSession, type SuggestionObstacle } from '@/lib/policy/suggestSession'
import type { RpcContext } from '@/lib/rpc/context'
import { pastCalls, type SitePast } from '@/lib/rpc/pastCalls'
import { readableFunctions } from '@/lib/rpc/readableFunctions'
import { sessions } from '@/lib/session/sessions'

/** Gas of an operation that could not be estimated, at most. */
const ampleGas = 400_000n
/** A session's first operation in a lane costs more than a passkey's, and prices rise. */
const headroom = 2n

/**
 * A session for what an approval asks, without a key and a sponsor, with the names of its functions and what the site did before.
 */
export type Suggested =
  | {
      readonly ok: true
      readonly spec: SessionSpec
      readonly functions: Readonly<Record<string, string>>
      readonly past: readonly SitePast[]
    }
  | { readonly ok: false; readonly obstacle: SuggestionObstacle }

/**
 * Finds the session that would sign calls like those of an approval from now on. Nothing is signed or stored.
 *
 * @returns `null` when it asks for no calls of a site, or a session allows them already and another one would change nothing.
 * @throws {UnreachableError} Node or bundler do not answer.
 */
export async function suggestionFor(context: RpcContext, approval: Approval): Promise<Suggested | null> {
  const { request, origin, topOrigin, account, chainId } = approval
  if (request.kind !== 'transaction' || origin === null || account === null) return null
  if (isAllowed(request)) return null
  if (topOrigin !== undefined && topOrigin !== origin) return { ok: false, obstacle: { kind: 'frame' } }
  const network = await getNetwork(context.database, chainId)
  const { rules, bannedTargets, encodeSpec } = codecFor(network.deployment.kind)
  await context.clock.refresh(network, 5000)
  const [past, functions, feePerUse] = await Promise.all([
    pastCalls(context.database, approval),
    functionsOf(context, approval),
    feeOf(context, approval, network),
  ])
  const suggestion = suggestSession({
    calls: request.calls,
    past,
    timestamp: context.clock.now(chainId),
    banned: bannedTargets(account, network.deployment),
    rules,
    feePerUse,
    functions: readableFunctions(request.calls, functions),
  })
  if (!suggestion.ok) return suggestion
  const { spec } = suggestion
  try {
    encodeSpec(spec)
  } catch (error) {
    if (error instanceof SpecEncodingError) return { ok: false, obstacle: { kind: 'too-large' } }
    throw error
  }
  const targets = new Set(spec.callPolicies.map(({ target }) => target))
  const own = Object.entries(functions).filter(([key]) => targets.has(key.slice(0, 42) as Address))
  return { ok: true, spec, past, functions: Object.fromEntries(own) }
}

/**
 * Whether a session of the site allows the calls and only cannot sign: nobody pays, it rests, or a limit of the owner's own
 * refuses.
 */
function isAllowed({ refusal, unpaid }: TransactionRequest): boolean {
  if (unpaid !== undefined) return true
  if (refusal?.rule === 'SessionNotActive') return refusal.status !== 'closed' && refusal.status !== 'closing'
  return refusal?.rule.startsWith('Guard') === true
}

/** Functions as the site named them in any of its sessions. */
async function functionsOf(
  { database }: RpcContext,
  { origin, chainId }: Approval,
): Promise<Record<string, string>> {
  const own = (await sessions.getAll(database)).filter(
    (session) => session.origin === origin && session.chainId === chainId,
  )
  return Object.fromEntries(own.flatMap((session) => Object.entries(session.functions)))
}

async function feeOf({ desk }: RpcContext, { id }: Approval, network: Network): Promise<bigint> {
  const known = desk.state(id)?.prepared?.maxFee
  if (known !== undefined && known > 0n) return known * headroom
  return (await fees(network)).maxFeePerGas * ampleGas * headroom
}
