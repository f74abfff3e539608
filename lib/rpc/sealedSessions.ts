import type { Address } from 'viem'
import type { RpcContext } from '@/lib/rpc/context'
import type { SessionRow } from '@/lib/session/session'
import { sessions } from '@/lib/session/sessions'
import { openKey, vaultsOf } from '@/lib/session/vault'

/**
 * How many sessions of an account an unlock would let sign again: live ones whose vault is closed.
 *
 * @param all - The sessions of the database, where they were read already.
 */
export async function sealedSessions(
  context: RpcContext,
  account: Address,
  all?: readonly SessionRow[],
): Promise<number> {
  const closed = new Set((await closedVaults(context, account)).map(({ id }) => id))
  const now = context.now() / 1000
  return (all ?? (await sessions.getAll(context.database))).filter(
    (session) =>
      session.account.toLowerCase() === account.toLowerCase() &&
      session.sealedKey !== undefined &&
      closed.has(session.sealedKey.vaultId) &&
      (session.status === 'active' || session.status === 'paused') &&
      session.spec.expiresAt > now,
  ).length
}

/** The vaults of an account that are closed. */
export async function closedVaults(context: RpcContext, account: Address) {
  const own = await vaultsOf(context, account)
  const keys = await Promise.all(own.map(({ id }) => openKey(context, id)))
  return own.filter((_, index) => keys[index] === null)
}
