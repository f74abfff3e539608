import type { Address } from 'viem'

/** Something that a signature gives away. */
export type Given =
  /** `amount` in smallest units; `null` for everything. */
  | { readonly kind: 'token'; readonly token: Address; readonly amount: bigint | null }
  /** One collectible; `null` for all of the collection. */
  | {
      readonly kind: 'collectible'
      readonly collection: Address
      readonly id: bigint | null
      readonly count: bigint
    }
  | { readonly kind: 'native'; readonly amount: bigint }

/**
 * Typed data that moves things, or lets somebody move them, without any further question: what it gives, to whom, until when.
 */
export type Order = {
  readonly gives: readonly Given[]
  /** Who may take it; `null` when anybody may. */
  readonly taker: Address | null
  /** What must come back to the owner in the same step; empty for permits. */
  readonly gets: readonly Given[]
  /** Last second in which the signature can be used, Unix seconds; `null` for no end. */
  readonly usableUntil: number | null
  /** For a standing permission that stays once it was used: its own end; `null` for no end, `undefined` when used up at once. */
  readonly standsUntil?: number | null | undefined
}
