import type { TokenMetadata } from '@/lib/assets/tokens'
import type { Database } from '@/lib/storage/database'
import { table } from '@/lib/storage/table'

type Place = Pick<TokenMetadata, 'chainId' | 'address'>
type WatchedRow = { readonly key: string; readonly watched: Place }

const rows = table<WatchedRow>('meta')
const prefix = 'watched-token:'
const keyOf = ({ chainId, address }: Place) => `${prefix}${chainId}:${address.toLowerCase()}`

/** Lists a token among those whose balance the owner wants to see. */
export async function watchToken(database: Database, { chainId, address }: Place): Promise<void> {
  await rows.put(database, { key: keyOf({ chainId, address }), watched: { chainId, address } })
}

/** Whether two places name one token. */
export const isSameToken = (a: Place, b: Place): boolean => keyOf(a) === keyOf(b)

/** Takes a token from the list. */
export async function unwatchToken(database: Database, token: Place): Promise<void> {
  await rows.delete(database, keyOf(token))
}

/** The tokens that the owner listed, in the order of chains and addresses. */
export async function listWatched(database: Database): Promise<Place[]> {
  return (await rows.getAll(database))
    .filter(({ key }) => key.startsWith(prefix))
    .map(({ watched }) => watched)
}

/** Whether the owner listed a token. */
export async function isWatched(database: Database, token: Place): Promise<boolean> {
  return (await rows.get(database, keyOf(token))) !== undefined
}
