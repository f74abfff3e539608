import type { Address } from 'viem'
import type { Payer } from '@/lib/messaging/views'

/** What is to be sent: of which account, on which chain; a token's address in lower case. */
export type SendPlan = {
  readonly account: Address
  readonly chainId: number
  readonly asset: 'native' | Address
}

/** Something about a recipient that the owner is to know before sending. */
export type RecipientNote =
  /** Nobody has the key of the zero address. Not sent. */
  | { readonly kind: 'zero' }
  /** The contract of the very token: what it gets is lost. Not sent. */
  | { readonly kind: 'token-contract' }
  | { readonly kind: 'self' }
  /** Another account of this wallet. `usable`: it can be used on this chain. */
  | { readonly kind: 'own'; readonly name: string; readonly usable: boolean }
  /** Reads like an address that was met before, in its short form, and is another. */
  | { readonly kind: 'look-alike'; readonly known: Address }
  /** Code stands there. */
  | { readonly kind: 'contract' }
  /** This wallet never sent to it. */
  | { readonly kind: 'first' }

/** What sending would take now. */
export type SendQuote = {
  /** Of the asset, in its smallest unit. */
  readonly balance: bigint
  /** The most that can be sent: of the native asset without the fee. */
  readonly most: bigint
  readonly payer: Payer
  /** Largest possible fee, in wei. */
  readonly maxFee: bigint
}
