import type { UsageLimit } from '@/lib/policy/spec'

/** An amount that was spent before. */
export type PastAmount = {
  /** Unix seconds. */
  readonly at: number
  readonly amount: bigint
}

const day = 86_400
const week = 7 * day
/** What is asked for must fit so many times: who is not to be asked again expects it again. */
const room = 3n

/**
 * The limit that a site's past suggests for what it asks now: as much as in its busiest period so far, and three times what it
 * asks at least. The period is a UTC day, or a week where the amounts came three days apart or more.
 *
 * @param asked - What the request takes, in the unit of the limit.
 * @param past - The same before, in any order.
 * @param timestamp - Unix seconds, of the request.
 */
export function suggestLimit(asked: bigint, past: readonly PastAmount[], timestamp: number): UsageLimit {
  const period = isSeldom([...past.map(({ at }) => at), timestamp]) ? week : day
  const totals = new Map<number, bigint>()
  for (const { at, amount } of [...past, { at: timestamp, amount: asked }]) {
    const number = Math.floor(at / period)
    totals.set(number, (totals.get(number) ?? 0n) + amount)
  }
  const limit = [...totals.values(), room * asked].reduce((most, total) => (total > most ? total : most), 0n)
  return { limitType: 'Allowance', limit, period }
}

function isSeldom(moments: readonly number[]): boolean {
  const sorted = [...moments].sort((a, b) => a - b)
  return (
    sorted.length > 1 && sorted.every((at, place) => place === 0 || at - (sorted[place - 1] ?? 0) >= 3 * day)
  )
}
