import { BaseError } from '@/lib/errors/BaseError'
import type { UsageLimit } from '@/lib/policy/spec'
import type { Used } from '@/lib/policy/usage'

/** Nothing used yet. */
export const unused: Used = { used: 0n, period: 0 }

/** Period numbers are stored in 32 bits on chain. */
const periodNumbers = 2 ** 32

/**
 * Number of the period of `limit` that `timestamp` lies in; 0 for limits without periods.
 *
 * @param timestamp - Unix seconds, chain time.
 */
export function periodOf(limit: UsageLimit, timestamp: number): number {
  return limit.limitType === 'Allowance' ? Math.floor(timestamp / limit.period) : 0
}

/**
 * Charges `amount` against `limit` and returns the next usage. The input is not changed. An allowance starts at zero in every
 * period, and nothing can be charged to a period older than the recorded one.
 *
 * Mirrors `chargeUsageLimit` of the session module (`contracts/README.md`, "Cells"); vectors in
 * `tests/vectors/policy/usage-limit.json`.
 *
 * @param limit - Limit to charge. `limit.limit` in wei, uses, or the raw uint256 argument.
 * @param used - What was used so far.
 * @param amount - Amount to charge, same unit as `limit.limit`.
 * @param timestamp - Unix seconds, chain time.
 * @throws {LifetimeUsageExceededError} The lifetime total would pass `limit.limit`.
 * @throws {AllowanceExceededError} The period's total would pass `limit.limit`.
 * @throws {PeriodElapsedError} Usage of a later period is recorded already.
 */
export function chargeUsageLimit(limit: UsageLimit, used: Used, amount: bigint, timestamp: number): Used {
  if (limit.limitType === 'Unlimited') return used
  if (limit.limitType === 'Lifetime') {
    if (amount > limit.limit || used.used > limit.limit - amount)
      throw new LifetimeUsageExceededError(limit, used.used, amount)
    return { used: used.used + amount, period: 0 }
  }
  const period = periodOf(limit, timestamp)
  if (used.period > period || period >= periodNumbers) throw new PeriodElapsedError(used.period, period)
  const before = used.period === period ? used.used : 0n
  if (amount > limit.limit || before > limit.limit - amount)
    throw new AllowanceExceededError(limit, before, amount, (period + 1) * limit.period)
  return { used: before + amount, period }
}

/** A lifetime total would pass its limit. */
export class LifetimeUsageExceededError extends BaseError {
  override readonly name = 'Policy.LifetimeUsageExceededError'

  constructor(
    readonly limit: UsageLimit,
    readonly used: bigint,
    readonly amount: bigint,
  ) {
    super(`The limit is ${limit.limit}, ${used} is used, and this asks ${amount}.`)
  }
}

/** A period's total would pass its limit. */
export class AllowanceExceededError extends BaseError {
  override readonly name = 'Policy.AllowanceExceededError'

  constructor(
    readonly limit: UsageLimit,
    readonly used: bigint,
    readonly amount: bigint,
    /** Unix seconds at which the next period begins. */
    readonly resetsAt: number,
  ) {
    super(`The limit is ${limit.limit} every ${limit.period} s, ${used} is used, and this asks ${amount}.`)
  }
}

/** The clock is behind the usage: a later period is recorded already, or the period's number does not fit the contracts. */
export class PeriodElapsedError extends BaseError {
  override readonly name = 'Policy.PeriodElapsedError'

  constructor(
    readonly recorded: number,
    readonly period: number,
  ) {
    super(`Period ${period} cannot be charged: period ${recorded} has begun.`)
  }
}
