import type { LimitSubject, Refusal } from '@/lib/policy/refusal'
import type { UsageLimit } from '@/lib/policy/spec'
import {
  AllowanceExceededError,
  chargeUsageLimit,
  LifetimeUsageExceededError,
  PeriodElapsedError,
  periodOf,
  unused,
} from '@/lib/policy/usageLimit'
import type { CellId, Charge, Usage, Used } from '@/lib/policy/usage'

/**
 * What one operation charges so far: the calls of a batch accumulate here, so that a batch counts like the sequence of its calls.
 */
export class Ledger {
  readonly #usage: Usage
  readonly #timestamp: number
  readonly #periodDelay: number
  readonly #next = new Map<CellId, Used>()
  readonly #charges = new Map<CellId, Charge>()
  #validAfter = 0
  #validUntil: number

  /**
   * @param timestamp - Unix seconds, chain time.
   * @param expiresAt - Unix seconds, the session's last second.
   * @param periodDelay - Seconds by which the chain takes a period late.
   */
  constructor(usage: Usage, timestamp: number, expiresAt: number, periodDelay: number) {
    this.#usage = usage
    this.#timestamp = timestamp
    this.#periodDelay = periodDelay
    this.#validUntil = expiresAt
  }

  /** One charge per cell, in order of first use. */
  get charges(): Charge[] {
    return [...this.#charges.values()]
  }

  /** Unix seconds; the operation is valid after this second (exclusive). 0 when no period was used. */
  get validAfter(): number {
    return this.#validAfter
  }

  /** Unix seconds; the last second of validity. */
  get validUntil(): number {
    return this.#validUntil
  }

  /**
   * Charges one quantity. An allowance narrows the time range to its period, even by an amount of 0.
   *
   * @param call - Index of the call in the batch; -1 for the fee.
   * @returns The refusal when the limit does not allow it; nothing is charged then.
   */
  charge(
    cell: CellId,
    limit: UsageLimit,
    amount: bigint,
    call: number,
    subject: LimitSubject,
  ): Refusal | null {
    if (limit.limitType === 'Unlimited') return null
    const before = this.#next.get(cell) ?? this.#usage[cell] ?? unused
    try {
      this.#next.set(cell, chargeUsageLimit(limit, before, amount, this.#timestamp))
    } catch (error) {
      return refusalOf(error, call, subject)
    }
    const period = periodOf(limit, this.#timestamp)
    const charged = this.#charges.get(cell)?.amount ?? 0n
    this.#charges.set(cell, { cell, amount: charged + amount, period })
    if (limit.limitType === 'Allowance') {
      const late = this.#periodDelay - 1
      this.#validAfter = Math.max(this.#validAfter, period * limit.period + late)
      this.#validUntil = Math.min(this.#validUntil, (period + 1) * limit.period + late)
    }
    return null
  }
}

function refusalOf(error: unknown, call: number, subject: LimitSubject): Refusal {
  if (error instanceof LifetimeUsageExceededError) {
    const { limit, used, amount } = error
    return { rule: 'LifetimeUsageExceeded', call, subject, limit: limit.limit, used, amount }
  }
  if (error instanceof AllowanceExceededError) {
    const { limit, used, amount, resetsAt } = error
    const { limit: total, period } = limit
    return { rule: 'AllowanceExceeded', call, subject, limit: total, used, amount, period, resetsAt }
  }
  if (error instanceof PeriodElapsedError) {
    const { recorded, period } = error
    return { rule: 'PeriodElapsed', call, subject, recorded, period }
  }
  throw error
}
