import type { Address } from 'viem'
import type { RpcContext } from '@/lib/rpc/context'
import { sessions } from '@/lib/session/sessions'

/** How many sessions of an account an unlock would let sign again. */
export async function sealedSessions(context: RpcContext, account: Address): Promise<number> {
  const now = context.now() / 1000
  return (await sessions.getAll(context.database)).filter(
    (session) =>
      session.account.toLowerCase() === account.toLowerCase() &&
      session.sealedKey !== undefined &&
      (session.status === 'active' || session.status === 'paused') &&
      session.spec.expiresAt > now,
  ).length
}
