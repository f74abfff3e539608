import type { PublicKey } from '@/lib/account/recoverKeys'
import type { Place } from '@/lib/rpc/restore/findPlaces'

/**
 * The key of a passkey among those that fit its answers: the only one, or of a passkey that was added to an account, the one that a
 * chain counts among its owners. A node that lies about that gives the wallet a key that does not open the account; the account's
 * address is the passkey's own word.
 *
 * @returns `null` when it cannot be told.
 */
export function chooseKey(keys: readonly PublicKey[], places: readonly Place[]): PublicKey | null {
  const [only] = keys
  if (keys.length === 1) return only ?? null
  const known = keys.filter((key) => places.some((place) => place.key === key && place.standing === 'owner'))
  return known.length === 1 ? (known[0] ?? null) : null
}
