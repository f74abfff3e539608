import type { Address } from 'viem'
import type { Database } from '@/lib/storage/database'
import { table } from '@/lib/storage/table'

/** A token's name and unit as its contract tells them; for display, never to tell tokens apart. */
export type TokenMetadata = {
  readonly chainId: number
  /** Lower case. */
  readonly address: Address
  readonly symbol: string
  readonly decimals: number
}

type TokenRow = { readonly key: string; readonly token: TokenMetadata }

const rows = table<TokenRow>('meta')
const prefix = 'token:'
const keyOf = (chainId: number, address: Address) => `${prefix}${chainId}:${address.toLowerCase()}`

/** Every token that was looked up before. */
export async function listTokens(database: Database): Promise<TokenMetadata[]> {
  return (await rows.getAll(database)).filter(({ key }) => key.startsWith(prefix)).map(({ token }) => token)
}

/** A token that was looked up before, or `null`. */
export async function tokenOf(
  database: Database,
  chainId: number,
  address: Address,
): Promise<TokenMetadata | null> {
  return (await rows.get(database, keyOf(chainId, address)))?.token ?? null
}

/** Remembers a token. */
export async function putToken(database: Database, token: TokenMetadata): Promise<void> {
  await rows.put(database, { key: keyOf(token.chainId, token.address), token })
}
