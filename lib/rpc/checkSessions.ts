import type { Address } from 'viem'
import type { Network } from '@/lib/chains/network'
import { syncSessions, type SessionNews } from '@/lib/operation/syncSessions'
import type { RpcContext } from '@/lib/rpc/context'
import { dropLooseKey } from '@/lib/session/vault'

/** What was learned of an account's sessions lately stays true for so long, in ms. */
export const checkEvery = 5 * 60_000

/**
 * Looks at the chain for what became of an account's sessions elsewhere: revoked by another device, or used from another copy of this
 * profile. Keys of sessions that are closed are deleted.
 *
 * @param maxAge - In ms: a look that is not older is enough. 0 to look now.
 * @returns `null` when a recent look is enough.
 * @throws {UnreachableError} The node does not answer.
 */
export async function checkSessions(
  context: RpcContext,
  network: Network,
  account: Address,
  maxAge: number,
): Promise<SessionNews | null> {
  const key = `sessions-checked:${network.chainId}:${account.toLowerCase()}`
  const last = (await context.memory.get(key)) as number | undefined
  const age = context.now() - (last ?? -Infinity)
  if (age >= 0 && age < maxAge) return null
  const startedAt = context.now()
  const news = await syncSessions(context, network, account)
  for (const { id } of news.closed) await dropLooseKey(context, id)
  // What is unknown is asked again at once.
  if (news.unknown.length === 0) await context.memory.set(key, startedAt)
  if (news.closed.length > 0 || news.used.length > 0) context.changed()
  return news
}
