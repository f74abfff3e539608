import type { Address, Hex } from 'viem'

/** How a limit counts: not at all, over the session's whole life, or afresh in every period. */
export type LimitType = 'Unlimited' | 'Lifetime' | 'Allowance'

/**
 * A limit on a running total: wei for values and fees, the raw word for arguments, a number of uses for use limits.
 *
 * Mirrors `UsageLimit` of the contracts (`contracts/README.md`) and of the public ZKsync SSO contracts.
 */
export type UsageLimit = {
  readonly limitType: LimitType
  /** Greatest total allowed; 0n for `Unlimited`. */
  readonly limit: bigint
  /** Seconds; 0 unless `limitType` is `Allowance`. Periods are aligned to the Unix epoch. */
  readonly period: number
}

/** Comparison of an argument word with `refValue`, both read as unsigned 256-bit integers. */
export type Condition =
  'Unconstrained' | 'Equal' | 'Greater' | 'Less' | 'GreaterOrEqual' | 'LessOrEqual' | 'NotEqual'

/** The conditions in the order of their number on the wire (0–6). */
export const conditions = [
  'Unconstrained',
  'Equal',
  'Greater',
  'Less',
  'GreaterOrEqual',
  'LessOrEqual',
  'NotEqual',
] as const satisfies readonly Condition[]

/** The limit types in the order of their number on the wire (0–2). */
export const limitTypes = ['Unlimited', 'Lifetime', 'Allowance'] as const satisfies readonly LimitType[]

/** A rule for one 32-byte word of the arguments. */
export type Constraint = {
  readonly condition: Condition
  /** Number of 32-byte words between the selector and the word, from 0. */
  readonly index: number
  /** 32 bytes. Zero for `Unconstrained`. */
  readonly refValue: Hex
  /** Limit on the running total of the word; `Unlimited` for none. */
  readonly limit: UsageLimit
}

/** Allows calls of one function of one contract. */
export type CallPolicy = {
  readonly target: Address
  /** 4 bytes. */
  readonly selector: Hex
  /** Greatest value of one call, in wei. 0n: the function takes no value. */
  readonly maxValuePerUse: bigint
  readonly valueLimit: UsageLimit
  /** Number of uses; `Unlimited` for no limit. */
  readonly useLimit: UsageLimit
  /** Checked in order; all must hold. */
  readonly constraints: readonly Constraint[]
}

/** Allows transfers of the native token, without calldata, to one address. */
export type TransferPolicy = {
  readonly target: Address
  /** Greatest value of one transfer, in wei. */
  readonly maxValuePerUse: bigint
  readonly valueLimit: UsageLimit
  readonly useLimit: UsageLimit
}

/**
 * Which paymasters an operation of the session may name. `None`: no paymaster. `Listed`: this one, whose operations are not
 * charged to the fee limit. `Any`: every paymaster, charged to the fee limit all the same.
 */
export type PaymasterRule =
  | { readonly mode: 'None' }
  | { readonly mode: 'Listed'; readonly paymaster: Address }
  | { readonly mode: 'Any' }

/**
 * Everything a session key may do. The one shape for both account kinds; `lib/account/codecs` puts it on the wire. Policies stand
 * in canonical order: strictly ascending by (kind: transfer before call, target, selector), so that there are no duplicates.
 */
export type SessionSpec = {
  /** Address of the session key. */
  readonly signer: Address
  /** Unix seconds; the last second in which the session is valid. */
  readonly expiresAt: number
  /** In wei; `Lifetime` or `Allowance`, never `Unlimited`. */
  readonly feeLimit: UsageLimit
  readonly paymaster: PaymasterRule
  readonly transferPolicies: readonly TransferPolicy[]
  readonly callPolicies: readonly CallPolicy[]
}

/** The limit that limits nothing. */
export const unlimited: UsageLimit = { limitType: 'Unlimited', limit: 0n, period: 0 }

/** A greatest value per use that limits nothing: the widest that fits the contracts, in wei. */
export const unlimitedValue = 2n ** 96n - 1n
