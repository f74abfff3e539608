import type { PublicKey } from '@/lib/account/recoverKeys'
import type { FoundPasskey } from '@/lib/messaging/popup'
import { handedAccount, type Place } from '@/lib/rpc/restore/findPlaces'

/**
 * The key of a passkey among those that fit its answer: the only one, or the one that a chain knows. An account with code at an
 * address that follows from a key knows it, even after it was removed; an account that a passkey was added to knows its owners.
 *
 * A node that lies here names a key that nobody has; it can do so only where the passkey answered once.
 *
 * @returns `null` when it cannot be told.
 */
export function chooseKey(
  keys: readonly PublicKey[],
  places: readonly Place[],
  found: FoundPasskey,
): PublicKey | null {
  const [only] = keys
  if (keys.length === 1) return only ?? null
  const telling = handedAccount(found) === null ? ['owner', 'stranger'] : ['owner']
  const known = keys.filter((key) =>
    places.some((place) => place.key === key && telling.includes(place.standing)),
  )
  return known.length === 1 ? (known[0] ?? null) : null
}
