import { accounts } from '@/lib/account/accounts'
import { listActivity } from '@/lib/activity/activity'
import type { Approval } from '@/lib/approval/approval'
import { listTokens } from '@/lib/assets/tokens'
import { isSameToken, listWatched } from '@/lib/assets/watchedTokens'
import { listNetworks } from '@/lib/chains/networks'
import { connections, type Connection } from '@/lib/connection/connections'
import type { EndedApprovalView } from '@/lib/messaging/endedApprovalView'
import type { ApprovalView, ConnectionView, SessionView, Snapshot } from '@/lib/messaging/views'
import { readStandings, usageOf, type Standing } from '@/lib/operation/standing'
import type { RpcContext } from '@/lib/rpc/context'
import { accountView } from '@/lib/rpc/views/accountView'
import { exposureViews } from '@/lib/rpc/views/exposureViews'
import { networkView } from '@/lib/rpc/views/networkView'
import { holdsKey } from '@/lib/session/vault'
import { readSettings } from '@/lib/settings/settings'

/** Entries of activity that popup pages mirror. */
const mirroredActivity = 50
/** Approvals that ended: a page shows the end of its own, seldom of an older one. */
const mirroredEnds = 16

/** Everything that popup pages show, as it stands now. */
export async function takeSnapshot(context: RpcContext): Promise<Snapshot> {
  const { database } = context
  const [allAccounts, networks, allConnections, standings, activity, tokens, watched, settings] =
    await Promise.all([
      accounts.getAll(database),
      listNetworks(database),
      connections.getAll(database),
      readStandings(database),
      listActivity(database, mirroredActivity),
      listTokens(database),
      listWatched(database),
      readSettings(database),
    ])
  const allSessions = standings.map(({ session }) => session)
  return {
    accounts: await Promise.all(
      allAccounts
        .sort((a, b) => a.createdAt - b.createdAt)
        .map((account) => accountView(context, account, allSessions)),
    ),
    networks: networks.map(networkView),
    connections: allConnections.map(connectionView),
    sessions: await Promise.all(
      standings
        .sort((a, b) => b.session.createdAt - a.session.createdAt)
        .map((standing) => sessionView(context, standing)),
    ),
    exposure: exposureViews(context, networks, allSessions),
    approvals: context.approvals.open().map((approval) => approvalView(context, approval)),
    ended: context.approvals.ended().slice(0, mirroredEnds).map(endedView),
    activity,
    tokens,
    watchedTokens: tokens.filter((token) => watched.some((place) => isSameToken(place, token))),
    settings,
    clockSkew: Object.fromEntries(networks.map(({ chainId }) => [chainId, context.clock.skew(chainId)])),
  }
}

function connectionView({ origin, account, chainId, metadata, connectedAt }: Connection): ConnectionView {
  return { origin, account, chainId, metadata, connectedAt }
}

async function sessionView(context: RpcContext, standing: Standing): Promise<SessionView> {
  const { session } = standing
  const now = Math.floor(context.now() / 1000) + context.clock.skew(session.chainId)
  const counted = usageOf(standing)
  const isLive = !['closed', 'failed'].includes(session.status)
  const expired = (session.status === 'active' || session.status === 'paused') && session.spec.expiresAt < now
  return {
    id: session.id,
    origin: session.origin,
    metadata: session.metadata,
    account: session.account,
    chainId: session.chainId,
    spec: session.spec,
    status: expired ? 'expired' : isLive && counted === null ? 'unknown' : session.status,
    usage: counted ?? {},
    createdAt: session.createdAt,
    ephemeral: session.ephemeral,
    pausedByGuard: session.pausedByGuard,
    keyHeld: await holdsKey(context, session),
    functions: session.functions,
    transactionHash: session.transactionHash,
    endedAt: session.endedAt,
    replacedBy: session.replacedBy,
  }
}

function approvalView(context: RpcContext, approval: Approval): ApprovalView {
  return {
    id: approval.id,
    origin: approval.origin,
    topOrigin: approval.topOrigin,
    metadata: approval.metadata,
    account: approval.account,
    chainId: approval.chainId,
    request: approval.request,
    state: context.desk.state(approval.id)?.phase ?? { phase: 'preparing' },
    createdAt: approval.createdAt,
  }
}

function endedView({ id, origin, chainId, request, operationId, outcome }: Approval): EndedApprovalView {
  return {
    id,
    kind: request.kind,
    origin,
    chainId,
    outcome: outcome?.kind ?? 'rejected',
    message: outcome?.kind === 'failed' ? outcome.message : undefined,
    operationId,
  }
}
