import type { Address } from 'viem'
import { toWire } from '@/lib/messaging/wire'
import type { SessionSpec } from '@/lib/policy/spec'
import type { RpcContext } from '@/lib/rpc/context'
import type { SessionRow } from '@/lib/session/session'
import { sessionsOf } from '@/lib/session/sessions'
import { holdsKey } from '@/lib/session/vault'

/** A session's terms as text: all of the spec but its key and its end. */
export function termsOf(spec: SessionSpec): string {
  return JSON.stringify(toWire({ ...spec, signer: null, expiresAt: null })).toLowerCase()
}

/**
 * An active session of the site that was asked for with the terms of `spec` and has at least half of its time left: asking for it
 * again would give the user nothing to decide. Also when the owner granted less than was asked.
 */
export async function sessionWithSameTerms(
  context: RpcContext,
  origin: string,
  account: Address,
  chainId: number,
  spec: SessionSpec,
): Promise<SessionRow | undefined> {
  const now = Math.floor(context.now() / 1000)
  const own = (await sessionsOf(context.database, { origin, account, chainId })).filter(
    (session) =>
      session.status === 'active' &&
      session.spec.expiresAt - now >= timeOf(session, spec.expiresAt - now) / 2 &&
      (session.askedTerms ?? termsOf(session.spec)) === termsOf(spec),
  )
  for (const session of own) if (await holdsKey(context, session)) return session
  return undefined
}

/** Seconds that the session is to last: as long as was asked, or less where the owner granted less. */
function timeOf({ askedTerms, lifetime }: SessionRow, asked: number): number {
  return askedTerms === undefined || lifetime === undefined ? asked : Math.min(asked, lifetime)
}
