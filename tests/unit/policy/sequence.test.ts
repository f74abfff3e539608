import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyCharges } from '@/lib/policy/applyCharges'
import type { Call } from '@/lib/policy/call'
import { check } from '@/lib/policy/check'
import { exposure } from '@/lib/policy/exposure'
import { remaining } from '@/lib/policy/remaining'
import type { Usage } from '@/lib/policy/usage'
import { demo, midnight, orchardSpec, plantCall, rules, shop, thief, tipCall, transferCall } from './fixtures'

const fee = { fee: 0n }
const milli = 10n ** 15n
const call: fc.Arbitrary<Call> = fc.oneof(
  fc.bigInt(0n, 2500n).map((amount) => transferCall(amount * milli)),
  fc.bigInt(0n, 40n).map(plantCall),
  fc.bigInt(0n, 3n).map((value) => tipCall(value * milli)),
  fc.constant(tipCall(1n, thief)),
)

function judge(calls: readonly Call[], usage: Usage, timestamp: number) {
  return check({ spec: orchardSpec, usage, calls, fee, timestamp, banned: [], rules })
}

describe('sequences of operations', () => {
  test('behavior: a batch equals the sequence of its calls', () => {
    fc.assert(
      fc.property(
        fc.array(call, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 0, max: 86400 }),
        (calls, at) => {
          const timestamp = midnight + at
          const batch = judge(calls, {}, timestamp)
          let usage: Usage = {}
          let sequenceHolds = true
          for (const single of calls) {
            const verdict = judge([single], usage, timestamp)
            if (!verdict.ok) sequenceHolds = false
            else usage = applyCharges(usage, verdict.charges)
            if (!sequenceHolds) break
          }
          expect(batch.ok).toBe(sequenceHolds)
          if (batch.ok) expect(applyCharges({}, batch.charges)).toEqual(usage)
        },
      ),
    )
  })

  test('behavior: whatever is accepted never passes a limit, nor the exposure that was shown', () => {
    const worst = exposure(orchardSpec, midnight)
    const step = fc.record({
      calls: fc.array(call, { minLength: 1, maxLength: 4 }),
      wait: fc.integer({ min: 0, max: 20000 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let usage: Usage = {}
        let timestamp = midnight
        let [tips, tokens] = [0n, 0n]
        for (const { calls, wait } of steps) {
          timestamp += wait
          const verdict = judge(calls, usage, timestamp)
          if (!verdict.ok) continue
          const next = applyCharges(usage, verdict.charges)
          for (const { cell } of verdict.charges)
            expect(next[cell]?.period ?? 0).toBeGreaterThanOrEqual(usage[cell]?.period ?? 0)
          usage = next
          for (const { left, used, limit } of remaining(orchardSpec, usage, timestamp)) {
            expect(used <= limit.limit).toBe(true)
            expect(left).toBe(limit.limit - used)
          }
          for (const { to, value, data } of calls) {
            if (to === shop) tips += value
            if (to === demo) tokens += BigInt(`0x${data.slice(74)}`)
          }
        }
        expect(tips <= (worst.native.untilExpiry ?? -1n)).toBe(true)
        expect(tokens <= (worst.tokens[0]?.untilExpiry ?? -1n)).toBe(true)
      }),
    )
  })

  test('behavior: the order in which operations settle does not matter', () => {
    const charge = fc.record({
      cell: fc.constantFrom('1.argument.1' as const, '2.uses' as const),
      amount: fc.bigInt(0n, 9n),
      period: fc.integer({ min: 1, max: 3 }),
    })
    fc.assert(
      fc.property(fc.array(charge), fc.infiniteStream(fc.nat()), (charges, ranks) => {
        const shuffled = charges
          .map((item) => ({ item, rank: Number(ranks.next().value) }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ item }) => item)
        expect(applyCharges({}, shuffled)).toEqual(applyCharges({}, charges))
      }),
    )
  })
})
