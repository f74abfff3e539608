import type { Abi, AbiFunction, Address, Hex } from 'viem'

/** A duration: text such as "8 hours" (npm `ms`), or seconds. */
export type Duration = string | bigint | number

/**
 * A limit on a running total: a bigint is a total over the session's life; with a `period` it starts afresh in every period, counted
 * from the Unix epoch.
 */
export type Limit =
  | bigint
  | { readonly limit: bigint; readonly period?: Duration | undefined }
  | { readonly limitType: 'lifetime' | 'Lifetime'; readonly limit: bigint }
  | { readonly limitType: 'unlimited' | 'Unlimited' }
  | { readonly limitType: 'allowance' | 'Allowance'; readonly limit: bigint; readonly period: Duration }

/** Comparison of an argument with `value`, both as unsigned 256-bit integers. */
export type ConstraintCondition =
  | 'Unconstrained'
  | 'Equal'
  | 'Greater'
  | 'Less'
  | 'GreaterEqual'
  | 'GreaterOrEqual'
  | 'LessEqual'
  | 'LessOrEqual'
  | 'NotEqual'

/** A rule for one argument of a call. */
export type Constraint = {
  /** Place of the argument, from 0. */
  readonly index: number
  readonly value?: unknown
  /** Default: `Equal` with a `value`, else `Unconstrained`. */
  readonly condition?: ConstraintCondition | undefined
  /** Limit on the running total of the argument. */
  readonly limit?: Limit | undefined
}

/** Limits that every policy may have. */
export type PolicyLimits = {
  /** Greatest value of one use, in wei. */
  readonly maxValuePerUse?: bigint | undefined
  /** In wei. Default: no value at all. */
  readonly valueLimit?: Limit | undefined
  /** Counted in uses. */
  readonly useLimit?: Limit | undefined
}

/** Allows transfers of the native token to one address. */
export type TransferPolicy = PolicyLimits & { readonly to: Address }

/** Allows calls of one function of one contract; `callPolicy` makes one whose members are checked against the ABI. */
export type CallPolicy = PolicyLimits & {
  readonly address: Address
  readonly abi: Abi
  /** A name, or where it is overloaded a signature such as "mint(uint256)". */
  readonly functionName: string
  readonly constraints?: readonly Constraint[] | undefined
}

/** {@link TransferPolicy} in the older form. */
export type LegacyTransferPolicy = PolicyLimits & { readonly target: Address }

/** {@link CallPolicy} in the older form. */
export type LegacyCallPolicy = PolicyLimits & {
  readonly target: Address
  /** "transfer(address,uint256)" or an ABI item. */
  readonly function?: string | AbiFunction | undefined
  /** 4 bytes, if `function` is not given. */
  readonly selector?: Hex | undefined
  readonly constraints?:
    | readonly {
        /** Number of 32-byte words between the selector and the word. */
        readonly index: number | bigint
        readonly condition?: ConstraintCondition | number | undefined
        /** 32 bytes. */
        readonly refValue?: Hex | undefined
        readonly limit?: Limit | undefined
      }[]
    | undefined
}

/** What a dapp asks a session to allow. Both generations of the interface; of each pair of members give one. */
export type SessionPreferences = {
  /** When the session ends: a date, Unix seconds, or a duration ("1 day"). Default: 24 hours. */
  readonly expiresAt?: Date | Duration | undefined
  /** The same as `expiresAt`. */
  readonly expiry?: Date | Duration | undefined
  /** Greatest fees in all, in wei; not unlimited. */
  readonly feeLimit?: Limit | undefined
  readonly transfers?: readonly TransferPolicy[] | undefined
  readonly contractCalls?: readonly CallPolicy[] | undefined
  readonly transferPolicies?: readonly LegacyTransferPolicy[] | undefined
  readonly callPolicies?: readonly LegacyCallPolicy[] | undefined
}
