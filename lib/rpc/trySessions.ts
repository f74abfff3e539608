import { sign } from 'viem/accounts'
import type { Sponsor } from '@/lib/approval/approval'
import { getNetwork } from '@/lib/chains/networks'
import type { Connection } from '@/lib/connection/connections'
import { authorize } from '@/lib/operation/authorize'
import { judge } from '@/lib/operation/judge'
import type { OperationRow } from '@/lib/operation/row'
import type { Call } from '@/lib/policy/call'
import type { Refusal } from '@/lib/policy/refusal'
import type { RpcContext } from '@/lib/rpc/context'
import type { SessionRow } from '@/lib/session/session'
import { sessions, sessionsOf } from '@/lib/session/sessions'
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
 * site has none. `unpaid`: a session allows them, and neither a sponsor nor the account can pay now.
 */
export type SessionResult =
  | { readonly outcome: 'signed'; readonly row: OperationRow }
  | { readonly outcome: 'locked' }
  | { readonly outcome: 'refused'; readonly refusal: Refusal | null; readonly session: SessionRow | null }
  | { readonly outcome: 'unpaid'; readonly message: string }

/**
 * Signs calls with the narrowest session of the site that allows them.
 *
 * @throws {UnreachableError | EstimationError} As `authorize`.
 */
export async function trySessions(context: RpcContext, attempt: SessionAttempt): Promise<SessionResult> {
  const { connection, calls } = attempt
  const network = await getNetwork(context.database, connection.chainId)
  const own = (await sessionsOf(context.database, connection)).sort((a, b) => width(a) - width(b))
  if (own.length === 0)
    return { outcome: 'refused', refusal: await endedBefore(context, connection), session: null }
  await context.clock.refresh(network, 1000)
  const timestamp = context.clock.now(network.chainId)
  const refusals: { refusal: Refusal; session: SessionRow }[] = []
  for (const session of own) {
    const verdict = await judge(context.database, { session, network, calls, fee: { fee: 0n }, timestamp })
    if (!verdict.ok) {
      refusals.push({ refusal: verdict.refusal, session })
      continue
    }
    if ((await sessionKey(context, session)) === null) {
      if (!session.ephemeral && session.sealedKey !== undefined) return { outcome: 'locked' }
      refusals.push({ refusal: { rule: 'SessionNotActive', status: 'closed' }, session })
      continue
    }
    const result = await authorize(context, {
      network,
      session,
      calls,
      origin: connection.origin,
      sponsor: attempt.sponsor ?? connection.sponsor,
      dappCallsId: attempt.callsId,
      sign: async (hash) => {
        // Unsealed for this one signature; the vault may have been closed since the look above.
        const privateKey = await sessionKey(context, session)
        if (privateKey === null) throw new VaultClosedError()
        const { r, s, yParity } = await sign({ hash, privateKey, to: 'object' })
        return { r, s, yParity: yParity ?? 0 }
      },
    }).catch(lockedMeanwhile)
    if (result === 'locked') {
      if (!session.ephemeral) return { outcome: 'locked' }
      refusals.push({ refusal: { rule: 'SessionNotActive', status: 'closed' }, session })
      continue
    }
    if (result.ok) return { outcome: 'signed', row: result.row }
    if (result.reason === 'refused') refusals.push({ refusal: result.refusal, session })
    else
      return { outcome: 'unpaid', message: result.reason === 'sponsor-refused' ? result.message : needsFunds }
  }
  return { outcome: 'refused', ...closest(refusals) }
}

/** Locked while the operation was made: nothing was signed. */
function lockedMeanwhile(error: unknown): 'locked' {
  if (error instanceof VaultClosedError) return 'locked'
  throw error
}

const needsFunds = 'The account cannot pay the fee of this transaction.'

/** How much a session allows, roughly: the number of its policies. */
const width = ({ spec }: SessionRow) => spec.callPolicies.length + spec.transferPolicies.length

/** The refusal that says most: of a session that knows the call, else of the first one. */
function closest(refusals: readonly { refusal: Refusal; session: SessionRow }[]) {
  const unknown = new Set([
    'CallPolicyViolated',
    'TransferPolicyViolated',
    'SessionNotActive',
    'SessionExpired',
  ])
  const best = refusals.find(({ refusal }) => !unknown.has(refusal.rule)) ?? refusals[0]
  return best ?? { refusal: null, session: null }
}

/** The reason to show when the site's session was ended, so that nobody wonders why it asks again. */
async function endedBefore(
  context: RpcContext,
  { origin, account, chainId }: Connection,
): Promise<Refusal | null> {
  const ended = (await sessions.getAll(context.database)).find(
    (session) =>
      session.origin === origin &&
      session.chainId === chainId &&
      session.account.toLowerCase() === account.toLowerCase() &&
      (session.status === 'closing' || session.status === 'closed'),
  )
  return ended === undefined
    ? null
    : { rule: 'SessionNotActive', status: ended.status === 'closing' ? 'closing' : 'closed' }
}
