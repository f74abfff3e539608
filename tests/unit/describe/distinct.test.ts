import fc from 'fast-check'
import { expect, test } from 'vitest'
import { describeSession } from '@/lib/describe/describeSession'
import { toWire } from '@/lib/messaging/wire'
import { exposure } from '@/lib/policy/exposure'
import type { SessionSpec } from '@/lib/policy/spec'
import { anyConstraint, anyLimit, anySpec } from '../policy/arbitraries'
import { midnight } from '../policy/fixtures'
import { context } from './fixtures'

const now = { ...context, now: midnight }

/** All that the owner reads. */
function read(spec: SessionSpec): string {
  const {
    heading,
    sentences,
    exposure: worst,
    warnings,
  } = describeSession({ spec, siteName: 'a.example', ...now })
  return [
    heading,
    ...sentences.map(({ text }) => text),
    worst.text,
    ...warnings.map(({ text }) => text),
  ].join('\n')
}

const figures = (spec: SessionSpec) => {
  const { native, fees, tokens, warnings } = exposure(spec, midnight)
  return JSON.stringify(toWire({ native, fees, tokens, warnings }))
}

/** The same session but for one number somewhere. */
function neighbour(spec: SessionSpec): fc.Arbitrary<SessionSpec> {
  const { callPolicies, transferPolicies } = spec
  return fc
    .record({
      part: fc.constantFrom('end', 'end', 'fee', 'most', 'value', 'uses', 'rule', 'rule', 'sponsor'),
      limit: anyLimit,
      rule: anyConstraint,
      amount: fc.bigInt(0n, 12n),
      seconds: fc.integer({ min: -30, max: 30 }),
      at: fc.nat(),
      place: fc.nat(2),
    })
    .map(({ part, limit, rule, amount, seconds, at, place }): SessionSpec => {
      if (part === 'end') return { ...spec, expiresAt: spec.expiresAt + seconds }
      if (part === 'fee') return { ...spec, feeLimit: { ...spec.feeLimit, limit: amount } }
      if (part === 'sponsor') return { ...spec, paymaster: { mode: 'Any' } }
      const change = {
        ...(part === 'most' && { maxValuePerUse: amount }),
        ...(part === 'value' && { valueLimit: limit }),
        ...(part === 'uses' && limit.limit > 0n && { useLimit: limit }),
      }
      return {
        ...spec,
        transferPolicies: transferPolicies.map((policy, index) =>
          index === at % transferPolicies.length ? { ...policy, ...change } : policy,
        ),
        callPolicies: callPolicies.map((policy, index) =>
          index === at % callPolicies.length
            ? {
                ...policy,
                ...change,
                constraints: policy.constraints.map((own, spot) =>
                  part === 'rule' && spot === place ? { ...rule, index: own.index } : own,
                ),
              }
            : policy,
        ),
      }
    })
}

test('behavior: two sessions that can lose different things never read the same', () => {
  let compared = 0
  fc.assert(
    fc.property(
      anySpec.chain((one) =>
        fc.record({ one: fc.constant(one), other: fc.oneof(neighbour(one), neighbour(one), anySpec) }),
      ),
      ({ one, other }) => {
        if (figures(one) === figures(other)) return
        compared += 1
        expect(read(one)).not.toBe(read(other))
      },
    ),
    { numRuns: 3000 },
  )
  expect(compared).toBeGreaterThan(1000)
}, 60_000)
