import type { Address, Hex } from 'viem'
import type { SessionRow } from '@/lib/session/session'
import { sessions } from '@/lib/session/sessions'
import { vaults } from '@/lib/session/vault'
import type { Source } from '@/lib/storage/transact'

const live: ReadonlySet<SessionRow['status']> = new Set(['pending', 'active', 'paused'])

/**
 * The sessions of an account that have not ended and whose stored keys a passkey can open.
 *
 * @param now - Unix seconds.
 * @param all - The sessions of the database, where they were read already.
 */
export async function openedBy(
  source: Source,
  { account, credentialId, now }: { account: Address; credentialId: Hex; now: number },
  all?: readonly SessionRow[],
): Promise<SessionRow[]> {
  const id = account.toLowerCase()
  const wrapped = (await vaults.getAll(source)).filter(
    (vault) => vault.account === id && vault.wraps.some((wrap) => wrap.credentialId === credentialId),
  )
  const opened = new Set(wrapped.map((vault) => vault.id))
  return (all ?? (await sessions.getAll(source))).filter(
    ({ sealedKey, status, spec }) =>
      sealedKey !== undefined && opened.has(sealedKey.vaultId) && live.has(status) && spec.expiresAt > now,
  )
}
