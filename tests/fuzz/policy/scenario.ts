import type { Address, Hex } from 'viem'
import type { Call } from '@/lib/policy/call'
import type { SessionSpec } from '@/lib/policy/spec'

/** What is done to an operation's calldata on its way: it is no longer what the wallet encodes. */
export type Damage =
  | { readonly kind: 'flip'; readonly at: number; readonly mask: number }
  | { readonly kind: 'cut'; readonly bytes: number }
  | { readonly kind: 'append'; readonly bytes: number }
  /** Batch mode, also for one call. */
  | { readonly kind: 'batch' }

/** One operation. */
export type OperationStep = {
  readonly kind: 'operation'
  /** Time of the chain, Unix seconds. */
  readonly now: number
  /** Time of the wallet's clock, Unix seconds: the time hint. */
  readonly hint: number
  /** Deadline of the signature, Unix seconds. */
  readonly deadline: number
  readonly calls: readonly Call[]
  /** In gas: before verification, verification, calls, paymaster verification, paymaster after. */
  readonly gas: readonly [bigint, bigint, bigint, bigint, bigint]
  /** In wei. */
  readonly maxFeePerGas: bigint
  readonly paymaster?: Address | undefined
  /** Policy that the signature names for every call, instead of the right ones. */
  readonly policyIndex?: number | undefined
  /** Whose signature: the session key's, another key's, or, as signing is slow, one that the player counts as right. */
  readonly signedBy: 'session' | 'stranger' | 'nobody'
  readonly damage?: Damage | undefined
}

/** The owner ends the session: this one, or all of the account. */
export type EndStep = { readonly kind: 'end'; readonly now: number; readonly all: boolean }

export type Step = OperationStep | EndStep

/** A session and what happens to it. Plain data: whatever is removed from it, a scenario remains. */
export type Scenario = {
  /** Number under its seed. */
  readonly index: number
  readonly spec: SessionSpec
  readonly privateKey: Hex
  /** Unix seconds. */
  readonly createdAt: number
  readonly steps: readonly Step[]
}
