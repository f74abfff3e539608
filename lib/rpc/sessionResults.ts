import type { Address, Hex } from 'viem'
import type { Connection } from '@/lib/connection/connections'
import { countedUsage } from '@/lib/operation/standing'
import { remaining } from '@/lib/policy/remaining'
import type { Usage } from '@/lib/policy/usage'
import type { RpcContext } from '@/lib/rpc/context'
import { toDapp } from '@/lib/rpc/toDapp'
import type { SessionRow } from '@/lib/session/session'
import { sessions } from '@/lib/session/sessions'

/** A session as its site sees it. Bigints are hex quantities. */
export type SessionResult = {
  readonly id: Hex
  readonly status: string
  readonly spec: { readonly signer: Address; readonly expiresAt: number }
  readonly remaining: unknown
  readonly transactionHash?: Hex
}

/** The sessions of a connected site, as it sees them, newest first. */
export async function sessionResults(context: RpcContext, connection: Connection): Promise<SessionResult[]> {
  const account = connection.account.toLowerCase()
  const own = (await sessions.getAll(context.database))
    .filter(
      ({ origin, chainId, ...session }) =>
        origin === connection.origin &&
        chainId === connection.chainId &&
        session.account.toLowerCase() === account,
    )
    .sort((a, b) => b.createdAt - a.createdAt)
  return Promise.all(own.map((session) => sessionResult(context, session)))
}

/** One session as its site sees it. */
export async function sessionResult(context: RpcContext, session: SessionRow): Promise<SessionResult> {
  const now = chainSeconds(context, session.chainId)
  const usage = await countedUsage(context.database, session)
  const ended = session.status === 'closed' || session.status === 'failed'
  return toDapp({
    id: session.id,
    status: ended ? session.status : statusOf(session, usage, now),
    spec: session.spec,
    remaining: remaining(session.spec, usage ?? {}, now),
    transactionHash: session.transactionHash,
  }) as SessionResult
}

function statusOf({ status, spec }: SessionRow, usage: Usage | null, now: number) {
  if (spec.expiresAt < now) return 'expired'
  return usage === null ? 'unknown' : status
}

function chainSeconds(context: RpcContext, chainId: number): number {
  return Math.floor(context.now() / 1000) + context.clock.skew(chainId)
}
