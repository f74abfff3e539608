import type { Address } from 'viem'
import type { SessionRow } from '@/lib/session/session'
import type { Database } from '@/lib/storage/database'
import { table } from '@/lib/storage/table'

/** Sessions by id. */
export const sessions = table<SessionRow>('sessions')

/** Statuses in which a session may sign once its key is at hand. */
const usable = new Set<SessionRow['status']>(['active', 'paused', 'pending'])

/**
 * Sessions that one origin holds for an account on a chain and that have not ended, newest first. Expired ones are among them, so
 * that a refusal can say so.
 */
export async function sessionsOf(
  database: Database,
  { origin, account, chainId }: { origin: string; account: Address; chainId: number },
): Promise<SessionRow[]> {
  return (await sessions.getAll(database))
    .filter(
      (session) =>
        session.origin === origin &&
        session.account.toLowerCase() === account.toLowerCase() &&
        session.chainId === chainId &&
        usable.has(session.status),
    )
    .sort((a, b) => b.createdAt - a.createdAt)
}
