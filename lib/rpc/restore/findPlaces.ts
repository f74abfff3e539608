import { getAddress, size, type Address } from 'viem'
import { readAccountAddress } from '@/lib/account/readAccountAddress'
import { readStanding, type Standing } from '@/lib/account/readStanding'
import type { PublicKey } from '@/lib/account/recoverKeys'
import type { Network } from '@/lib/chains/network'
import { UnreachableError } from '@/lib/chains/UnreachableError'
import type { FoundPasskey } from '@/lib/messaging/popup'

/** An account that a passkey may own on a network, if its key is this one. */
export type Place = {
  readonly network: Network
  readonly key: PublicKey
  readonly address: Address
  /** `unknown`: the node does not answer. */
  readonly standing: Standing | 'unknown'
}

/** The account in the user handle of a passkey that was added to it; `null` for an account's first one. */
export function handedAccount({ userHandle }: Pick<FoundPasskey, 'userHandle'>): Address | null {
  return userHandle !== null && size(userHandle) === 20 ? getAddress(userHandle) : null
}

/** Where a passkey may own an account: on each network, for each key that it may have. Networks that tell no address are left out. */
export async function findPlaces(
  networks: readonly Network[],
  found: FoundPasskey,
  keys: readonly PublicKey[],
): Promise<Place[]> {
  const places = await Promise.all(
    networks.flatMap((network) => keys.map((key) => placeOn(network, found, key))),
  )
  return places.filter((place) => place !== null)
}

async function placeOn(network: Network, found: FoundPasskey, key: PublicKey): Promise<Place | null> {
  const passkey = { ...key, credentialId: found.credentialId, origin: found.origin }
  const address =
    handedAccount(found) ?? (await orSilent(() => readAccountAddress(network, { passkey, index: 0n })))
  if (address === null) return null
  const standing = (await orSilent(() => readStanding(network, address, passkey))) ?? 'unknown'
  return { network, key, address, standing }
}

/** `null` when the node does not answer. */
async function orSilent<answer>(read: () => Promise<answer>): Promise<answer | null> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof UnreachableError) return null
    throw error
  }
}
