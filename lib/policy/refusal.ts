import type { Address, Hex } from 'viem'
import type { Condition } from '@/lib/policy/spec'

/** What a limit counts. */
export type LimitSubject =
  | { readonly kind: 'fee' }
  | { readonly kind: 'value'; readonly target: Address }
  | { readonly kind: 'uses'; readonly target: Address; readonly selector?: Hex | undefined }
  | { readonly kind: 'argument'; readonly target: Address; readonly selector: Hex; readonly index: number }

/** Which of the user's own limits stopped a request that the session allows (`lib/policy/guards`). They are not known to the chain. */
export type GuardRefusal =
  | {
      readonly rule: 'GuardPerMinute'
      readonly cap: number
      /** Signed by sessions within the last 60 s. */
      readonly signed: number
      /** Until the oldest of them is a minute old. */
      readonly waitSeconds: number
    }
  | {
      readonly rule: 'GuardDailyCeiling'
      readonly call: number
      readonly asset: Address | 'native'
      readonly limit: bigint
      readonly used: bigint
      /** What this operation takes up to and with `call`. */
      readonly amount: bigint
      /** Unix seconds at which the next UTC day begins. */
      readonly resetsAt: number
    }
  /** The token has a ceiling, and the amount of the call cannot be read. */
  | { readonly rule: 'GuardUnreadable'; readonly call: number; readonly target: Address }

/**
 * Why a session does not allow a request: the first rule that failed, with its numbers, as data that the UI words. `call` is the
 * index of the call in the batch, -1 for the fee of the whole operation. The names are those of the contracts' errors.
 */
export type Refusal =
  | {
      readonly rule: 'SessionNotActive'
      readonly status: 'pending' | 'paused' | 'locked' | 'unknown' | 'closing' | 'closed'
      /** Unix seconds; of one that is closed or being closed, where it is known. */
      readonly endedAt?: number | undefined
    }
  | { readonly rule: 'SessionExpired'; readonly expiresAt: number; readonly timestamp: number }
  /** The operation has no call at all. */
  | { readonly rule: 'NoCalls' }
  | { readonly rule: 'TooManyCalls'; readonly calls: number; readonly maximum: number }
  | { readonly rule: 'TargetBanned'; readonly call: number; readonly target: Address }
  | {
      readonly rule: 'InvalidDataLength'
      readonly call: number
      readonly length: number
      readonly required: number
    }
  | {
      readonly rule: 'CallPolicyViolated'
      readonly call: number
      readonly target: Address
      readonly selector: Hex
      /** True when the session allows other functions of the same contract. */
      readonly targetKnown: boolean
    }
  | {
      readonly rule: 'TransferPolicyViolated'
      readonly call: number
      readonly target: Address
      /** The recipients that the session allows. */
      readonly allowed: readonly Address[]
    }
  | {
      readonly rule: 'MaxValueExceeded'
      readonly call: number
      readonly target: Address
      readonly value: bigint
      readonly maxValuePerUse: bigint
    }
  | {
      readonly rule: 'ConditionViolated'
      readonly call: number
      readonly target: Address
      readonly selector: Hex
      readonly index: number
      readonly condition: Condition
      readonly refValue: Hex
      readonly actual: Hex
    }
  | {
      readonly rule: 'LifetimeUsageExceeded'
      readonly call: number
      readonly subject: LimitSubject
      readonly limit: bigint
      readonly used: bigint
      readonly amount: bigint
    }
  | {
      readonly rule: 'AllowanceExceeded'
      readonly call: number
      readonly subject: LimitSubject
      readonly limit: bigint
      readonly used: bigint
      readonly amount: bigint
      readonly period: number
      /** Unix seconds at which the next period begins. */
      readonly resetsAt: number
    }
  /** Usage of a later period is recorded: the clock is behind the chain. */
  | {
      readonly rule: 'PeriodElapsed'
      readonly call: number
      readonly subject: LimitSubject
      /** Number of the recorded period. */
      readonly recorded: number
      readonly period: number
    }
  | { readonly rule: 'PaymasterNotAllowed'; readonly paymaster: Address }
  /** The periods used leave no second in which the operation is valid. */
  | { readonly rule: 'EmptyTimeRange'; readonly validAfter: number; readonly validUntil: number }
  | GuardRefusal
