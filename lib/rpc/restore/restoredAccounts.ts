import type { Account, Passkey } from '@/lib/account/account'
import { readCreation } from '@/lib/account/readCreation'
import { readStanding } from '@/lib/account/readStanding'
import type { PublicKey } from '@/lib/account/recoverKeys'
import type { FoundPasskey } from '@/lib/messaging/popup'
import type { Place } from '@/lib/rpc/restore/findPlaces'
import { AccountUntoldError, PasskeyRemovedError } from '@/lib/rpc/restore/restoreErrors'

/** An account as it goes into the wallet, but for its name. */
export type RestoredAccount = Omit<Account, 'id' | 'name' | 'createdAt'>

/**
 * The accounts that a passkey is the first owner of: one for each address, deployed or not.
 *
 * @param places - For the passkey's key.
 * @throws {PasskeyRemovedError} It owns none of them any more.
 * @throws {AccountUntoldError} No network tells an address.
 */
export function firstOwned(passkey: Passkey, places: readonly Place[]): RestoredAccount[] {
  const addresses = [...new Set(places.map(({ address }) => address.toLowerCase()))]
  const all = addresses.flatMap((id) => {
    const group = places.filter(({ address }) => address.toLowerCase() === id)
    const [place] = group
    if (place === undefined) return []
    const { kind, factory } = place.network.deployment
    const removedOn = chainsOf(group, ['stranger'])
    const deployedOn = chainsOf(group, ['owner', 'stranger'])
    const owner = removedOn.length === 0 ? passkey : { ...passkey, removedOn }
    return [
      {
        group,
        address: place.address,
        kind,
        factory,
        index: 0n,
        passkeys: [owner] as const,
        deployedOn,
        removedOn,
      },
    ]
  })
  const [first] = all
  if (first === undefined) throw new AccountUntoldError(null)
  const owned = all.filter(
    ({ deployedOn, removedOn }) => deployedOn.length === 0 || removedOn.length < deployedOn.length,
  )
  if (owned.length === 0) throw new PasskeyRemovedError(first.address, namesOf(first.group))
  return owned.map(({ group: _group, removedOn: _removedOn, ...account }) => account)
}

/**
 * The account that a passkey was added to.
 *
 * @throws {PasskeyRemovedError} It owns it nowhere any more.
 * @throws {AccountUntoldError} No network knows the account, or tells its first passkey.
 */
export async function addedTo(passkey: Passkey, places: readonly Place[]): Promise<RestoredAccount> {
  const deployed = places.filter(({ standing }) => standing === 'owner' || standing === 'stranger')
  const [place] = deployed
  if (place === undefined) throw new AccountUntoldError(places[0]?.address ?? null)
  const ownerOn = chainsOf(deployed, ['owner'])
  if (ownerOn.length === 0) throw new PasskeyRemovedError(place.address, namesOf(deployed))
  for (const { network, address } of deployed) {
    const creation = await readCreation(network, address)
    if (creation === null) continue
    const standings = await Promise.all(
      deployed.map(
        async (one) =>
          [one.network.chainId, await readStanding(one.network, address, creation.passkey)] as const,
      ),
    )
    const removedOn = standings.filter(([, standing]) => standing === 'stranger').map(([chainId]) => chainId)
    const first: Passkey = { ...passkey, ...creation.passkey, prf: null, removedOn }
    return {
      address: place.address,
      kind: network.deployment.kind,
      factory: creation.deployment.factory,
      index: creation.index,
      passkeys: [first, { ...passkey, addedOn: ownerOn, removedOn: [] }],
      deployedOn: chainsOf(deployed, ['owner', 'stranger']),
    }
  }
  throw new AccountUntoldError(place.address)
}

/** The passkey as the wallet keeps it. Whether it protects stored keys shows at its first ceremony. */
export function keptPasskey(found: FoundPasskey, { x, y }: PublicKey, now: number): Passkey {
  const { credentialId, origin, rpId, backupEligible } = found
  return { credentialId, x, y, origin, rpId, backupEligible, createdAt: now, prf: null }
}

function chainsOf(places: readonly Place[], standings: readonly Place['standing'][]): number[] {
  return places.filter(({ standing }) => standings.includes(standing)).map(({ network }) => network.chainId)
}

const namesOf = (places: readonly Place[]) =>
  places.filter(({ standing }) => standing === 'stranger').map(({ network }) => network.name)
