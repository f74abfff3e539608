import type { Hex } from 'viem'
import type { TypedData } from '@/lib/account/typedData/typedData'

/** What an owner signs that is no operation: bytes under EIP-191's prefix, or EIP-712 typed data. */
export type SignedMessage =
  | { readonly kind: 'personal'; readonly message: Hex }
  | { readonly kind: 'typed'; readonly typedData: TypedData }
