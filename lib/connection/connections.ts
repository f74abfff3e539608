import type { Address, Hex } from 'viem'
import { keptTable } from '@/lib/storage/keptTable'

/** What an origin may see: one account on one chain. */
export type Connection = {
  /** Key. */
  readonly origin: string
  readonly account: Address
  readonly chainId: number
  readonly metadata: { readonly name?: string | undefined; readonly icon?: string | undefined }
  /** Sponsor that the site named when it connected, for the operations that name none. */
  readonly sponsor?:
    | { readonly url: string; readonly context?: unknown }
    | { readonly paymaster: Address; readonly paymasterData: Hex }
    | undefined
  /** Unix milliseconds. */
  readonly connectedAt: number
}

/** Connections by origin. */
export const connections = keptTable<Connection>('connections', ({ origin }) => origin)
