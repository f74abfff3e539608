import type { Approval, NewApproval, Sponsor } from '@/lib/approval/approval'
import { getNetwork } from '@/lib/chains/networks'
import { connections, type Connection } from '@/lib/connection/connections'
import type { SiteMetadata } from '@/lib/messaging/views'
import { outcomeOf, showApproval } from '@/lib/rpc/askUser'
import type { Caller } from '@/lib/rpc/caller'
import type { RpcContext } from '@/lib/rpc/context'
import { defaultChainId } from '@/lib/rpc/defaultChainId'
import { UnauthorizedError } from '@/lib/rpc/errors'
import { requestedSession } from '@/lib/rpc/requestedSession'
import { resolveSponsor } from '@/lib/rpc/resolveSponsor'
import { sessionWithSameTerms } from '@/lib/rpc/sessionWithSameTerms'
import { usableAccount } from '@/lib/rpc/usableAccount'
import { dropLooseKey } from '@/lib/session/vault'

/** What a site may send with a connect. */
export type ConnectRequest = {
  readonly caller: Caller
  readonly metadata: SiteMetadata
  /** As the site sent it; see `lib/session/preferences`. */
  readonly preferences?: unknown
  readonly sponsor?: Sponsor | undefined
  readonly chainId?: number | undefined
}

/**
 * Connects a site, and opens a session when it asked for one. Answers at once when there is nothing to ask: the site is connected
 * already and asks for no session, or it holds one with the same terms. Safe to run again for the same request.
 *
 * @throws {UserRejectedError} 4001.
 */
export async function connectSite(context: RpcContext, request: ConnectRequest): Promise<Connection> {
  const { caller } = request
  const asked = context.approvals.ofRequest(caller.requestId)
  if (asked === undefined) {
    const connection = await connections.get(context.database, caller.origin)
    const approval = await approvalFor(context, request, connection)
    if (approval === null && connection !== undefined) return connection
    if (approval !== null) await outcomeOf(context, await ask(context, approval))
  } else {
    await outcomeOf(context, asked)
  }
  const connected = await connections.get(context.database, caller.origin)
  if (connected === undefined) throw new UnauthorizedError()
  return connected
}

/** Asks. The new session's key goes again when it is not the one that the owner sees: another request was joined, or none can be asked. */
async function ask(context: RpcContext, approval: NewApproval): Promise<Approval> {
  const { request } = approval
  if (request.kind !== 'session') return showApproval(context, approval)
  const signer = request.spec.signer.toLowerCase()
  try {
    return await showApproval(context, approval)
  } finally {
    const isAskedFor = context.approvals
      .open()
      .some((open) => open.request.kind === 'session' && open.request.spec.signer.toLowerCase() === signer)
    if (!isAskedFor) await dropLooseKey(context, signer)
  }
}

/** What the user has to be asked; `null` when nothing. */
async function approvalFor(
  context: RpcContext,
  { caller, metadata, preferences, sponsor: given, chainId: wanted }: ConnectRequest,
  connection: Connection | undefined,
): Promise<NewApproval | null> {
  const chainId = wanted ?? connection?.chainId ?? (await defaultChainId(context))
  const network = await getNetwork(context.database, chainId)
  const account = (await usableAccount(context, network, connection?.account))?.address ?? null
  const sponsor = await resolveSponsor(context, { network, given, known: connection?.sponsor, account })
  const base = {
    origin: caller.origin,
    topOrigin: caller.topOrigin,
    metadata,
    account,
    chainId,
    sponsor,
    requestId: caller.requestId,
  }
  const connect = (): NewApproval => ({
    ...base,
    request: { kind: 'connect' },
    joinKey: `connect ${caller.origin} ${chainId}`,
  })
  // Its account cannot be used on the network that it asks for: it gets another one.
  const connects = connection === undefined || connection.account !== account
  if (preferences === undefined) return connects ? connect() : null
  const session = await requestedSession(context, { network, preferences, sponsor, account })
  const same =
    account === null
      ? undefined
      : await sessionWithSameTerms(context, caller.origin, account, chainId, session.spec)
  if (same !== undefined) return connects ? connect() : null
  await session.keepKey()
  const { spec, functions, ephemeral, lifetime } = session
  return {
    ...base,
    request: { kind: 'session', spec, functions, ephemeral, lifetime, connects },
    joinKey: `session ${caller.origin} ${chainId} ${account} ${session.terms}`,
  }
}
