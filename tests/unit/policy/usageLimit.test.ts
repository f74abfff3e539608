import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LimitType, UsageLimit } from '@/lib/policy/spec'
import { chargeUsageLimit, unused } from '@/lib/policy/usageLimit'
import { allowance } from './fixtures'

type Vector = {
  id: number
  limit: [LimitType, string, number]
  used: [string, number]
  amount: string
  timestamp: number
  next?: [string, number]
  error?: string
}
const { vectors } = JSON.parse(readFileSync('tests/vectors/policy/usage-limit.json', 'utf8')) as {
  vectors: Vector[]
}

describe('chargeUsageLimit', () => {
  test.each(vectors)('behavior: vector $id, $comment', (vector) => {
    const [limitType, total, period] = vector.limit
    const limit: UsageLimit = { limitType, limit: BigInt(total), period }
    const used = { used: BigInt(vector.used[0]), period: vector.used[1] }
    const charge = () => chargeUsageLimit(limit, used, BigInt(vector.amount), vector.timestamp)
    if (vector.error !== undefined)
      expect(charge).toThrow(expect.objectContaining({ name: `Policy.${vector.error}Error` }))
    else expect(charge()).toEqual({ used: BigInt(vector.next?.[0] ?? -1), period: vector.next?.[1] })
  })

  test('behavior: the input is not changed', () => {
    const before = Object.freeze({ used: 1n, period: 2 })
    expect(chargeUsageLimit(allowance(5n, 60), before, 1n, 130)).toEqual({ used: 2n, period: 2 })
    expect(before).toEqual({ used: 1n, period: 2 })
  })

  test('behavior: no sequence of charges passes the limit in any period', () => {
    const step = fc.record({ amount: fc.bigInt(0n, 12n), wait: fc.integer({ min: -40, max: 90 }) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.bigInt(0n, 20n), (steps, total) => {
        const limit = allowance(total, 60)
        const totals = new Map<number, bigint>()
        let used = unused
        let timestamp = 1000
        for (const { amount, wait } of steps) {
          timestamp = Math.max(0, timestamp + wait)
          const before = used
          try {
            used = chargeUsageLimit(limit, used, amount, timestamp)
          } catch {
            continue
          }
          const period = Math.floor(timestamp / 60)
          totals.set(period, (totals.get(period) ?? 0n) + amount)
          expect(used.period).toBeGreaterThanOrEqual(before.period)
        }
        for (const sum of totals.values()) expect(sum <= total).toBe(true)
      }),
    )
  })
})
