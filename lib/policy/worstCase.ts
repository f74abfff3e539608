import type { UsageLimit } from '@/lib/policy/spec'
import type { Used } from '@/lib/policy/usage'
import { unused } from '@/lib/policy/usageLimit'

/** Seconds of a UTC day. */
const secondsPerDay = 86_400

/** Seconds from now to expiry, both included. */
export type TimeSpan = {
  /** Unix seconds. */
  readonly from: number
  /** Unix seconds. */
  readonly until: number
}

/** A worst case over the rest of the session, and over the worst UTC day of it. `null`: no upper figure is possible. */
export type WorstCase = {
  readonly untilExpiry: bigint | null
  readonly perDay: bigint | null
}

/** Nothing can be lost. */
export const noLoss: WorstCase = { untilExpiry: 0n, perDay: 0n }

/** No upper figure is possible. */
export const noFigure: WorstCase = { untilExpiry: null, perDay: null }

/** Number of periods, aligned to the Unix epoch, that a time span touches. */
export function periodsTouched({ from, until }: TimeSpan, period: number): number {
  return until < from ? 0 : Math.floor(until / period) - Math.floor(from / period) + 1
}

/** Greatest number of periods of length `period` that one of length `outer` touches, both aligned to the Unix epoch. */
export function mostPeriodsTouched(outer: number, period: number): number {
  const step = greatestCommonDivisor(outer, period)
  return Math.floor((period - step + outer - 1) / period) + 1
}

/** Greatest number of periods that one UTC day touches. */
export function periodsTouchedByDay(period: number): number {
  return mostPeriodsTouched(secondsPerDay, period)
}

/**
 * Worst case of a running total under a limit.
 *
 * @param before - What was used of it already: gone from a lifetime total, and from the period that it was used in.
 */
export function worstOfLimit(
  { limitType, limit, period }: UsageLimit,
  span: TimeSpan,
  before: Used = unused,
): WorstCase {
  if (limitType === 'Unlimited') return noFigure
  if (limitType === 'Lifetime') {
    const left = lessened(limit, before.used)
    return { untilExpiry: left, perDay: left }
  }
  const isOpen = before.period >= Math.floor(span.from / period)
  // Nothing can be charged to a period older than the recorded one.
  const from = isOpen ? Math.max(span.from, before.period * period) : span.from
  const touched = periodsTouched({ ...span, from }, period)
  const total = lessened(limit * BigInt(touched), isOpen ? before.used : 0n)
  const day = limit * BigInt(Math.min(touched, periodsTouchedByDay(period)))
  return { untilExpiry: total, perDay: day < total ? day : total }
}

/** The smaller of two bounds that hold together. */
export function leastOf(a: WorstCase, b: WorstCase): WorstCase {
  return {
    untilExpiry: least(a.untilExpiry, b.untilExpiry),
    perDay: least(a.perDay, b.perDay),
  }
}

/** The sum of two worst cases that can come together. */
export function sumOf(a: WorstCase, b: WorstCase): WorstCase {
  return { untilExpiry: sum(a.untilExpiry, b.untilExpiry), perDay: sum(a.perDay, b.perDay) }
}

/** Worst case of a number of uses of at most `amount` each. */
export function timesUses(amount: bigint | null, uses: WorstCase): WorstCase {
  if (amount === 0n) return noLoss
  if (amount === null) return noFigure
  return {
    untilExpiry: uses.untilExpiry === null ? null : uses.untilExpiry * amount,
    perDay: uses.perDay === null ? null : uses.perDay * amount,
  }
}

/** The smaller of two bounds; `null` is no bound. */
export function least(a: bigint | null, b: bigint | null): bigint | null {
  if (a === null) return b
  return b === null || a < b ? a : b
}

function lessened(amount: bigint, by: bigint): bigint {
  return by < amount ? amount - by : 0n
}

function sum(a: bigint | null, b: bigint | null): bigint | null {
  return a === null || b === null ? null : a + b
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
