import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyCharges } from '@/lib/policy/applyCharges'
import type { Call } from '@/lib/policy/call'
import { policiesOf, type AnyPolicy } from '@/lib/policy/cells'
import { check } from '@/lib/policy/check'
import { checkWithin, WiderThanAskedError } from '@/lib/policy/checkWithin'
import { limitWithin } from '@/lib/policy/limitWithin'
import { unlimited, type SessionSpec } from '@/lib/policy/spec'
import type { Usage } from '@/lib/policy/usage'
import { anyConstraint, anyLimit, anySpec } from './arbitraries'
import {
  allowance,
  day,
  lifetime,
  midnight,
  orchardSpec,
  plantPolicy,
  rules,
  shop,
  sponsor,
  thief,
  transferPolicy,
  word,
} from './fixtures'

const span = { from: midnight, until: midnight + 3 * day - 1 }
const within = (asked: SessionSpec, granted: SessionSpec) => {
  try {
    checkWithin(asked, granted, midnight)
    return true
  } catch (error) {
    if (error instanceof WiderThanAskedError) return false
    throw error
  }
}
const [tip] = orchardSpec.transferPolicies
const [recipient, amount] = transferPolicy.constraints
if (!tip || !recipient || !amount) throw new Error('the fixture has them')

test.each([
  ['a smaller total', lifetime(10n), lifetime(9n), true],
  ['a greater total', lifetime(10n), lifetime(11n), false],
  ['no limit for one', lifetime(10n), unlimited, false],
  ['a limit for none', unlimited, allowance(5n, 60), true],
  ['the same period', allowance(10n, day), allowance(10n, day), true],
  ['a longer period', allowance(10n, 3600), allowance(10n, day), true],
  ['a shorter period', allowance(10n, day), allowance(10n, 3600), false],
  ['a shorter period with its share', allowance(24n, day), allowance(1n, 3600), true],
  [
    'a period that does not divide the other, and touches two',
    allowance(10n, 3600),
    allowance(6n, 5400),
    false,
  ],
  ['half of it', allowance(10n, 3600), allowance(5n, 5400), true],
  ['three days of a total', lifetime(9n), allowance(3n, day), true],
  ['three days of less', lifetime(8n), allowance(3n, day), false],
  ['one day of it in all', allowance(8n, day), lifetime(8n), true],
])('behavior: %s is judged as within or not', (_, asked, granted, expected) => {
  expect(limitWithin(asked, granted, span)).toBe(expected)
})

test.each<[string, Partial<SessionSpec>]>([
  ['key', { signer: thief }],
  ['end', { expiresAt: orchardSpec.expiresAt + 1 }],
  ['fee limit', { feeLimit: lifetime(10n ** 15n + 1n) }],
  ['sponsor', { paymaster: { mode: 'Any' } }],
  ['sponsor', { paymaster: { mode: 'Listed', paymaster: sponsor } }],
  [`policy for ${thief}`, { transferPolicies: [{ ...tip, target: thief }] }],
  [`greatest value for ${shop}`, { transferPolicies: [{ ...tip, maxValuePerUse: tip.maxValuePerUse + 1n }] }],
  [`value limit for ${shop}`, { transferPolicies: [{ ...tip, valueLimit: unlimited }] }],
  [`number of uses for ${shop}`, { transferPolicies: [{ ...tip, useLimit: unlimited }] }],
  [
    `rule on an argument for ${transferPolicy.target}`,
    { callPolicies: [{ ...transferPolicy, constraints: [amount] }] },
  ],
  [
    `rule on an argument for ${transferPolicy.target}`,
    { callPolicies: [{ ...transferPolicy, constraints: [{ ...recipient, refValue: word(thief) }, amount] }] },
  ],
])('error: a wider %s is named', (part, change) => {
  expect(() => checkWithin(orchardSpec, { ...orchardSpec, ...change }, midnight)).toThrow(
    `The ${part} would be wider`,
  )
})

test('behavior: the same is within, and so is less of everything', () => {
  expect(within(orchardSpec, orchardSpec)).toBe(true)
  const less: SessionSpec = {
    ...orchardSpec,
    expiresAt: midnight + 3600,
    feeLimit: allowance(10n, 3600),
    transferPolicies: [],
    callPolicies: [
      {
        ...transferPolicy,
        useLimit: lifetime(3n),
        constraints: [recipient, { ...amount, refValue: word(5n) }, { ...amount, condition: 'Equal' }],
      },
      {
        ...plantPolicy,
        constraints: [{ condition: 'Equal', index: 0, refValue: word(35n), limit: unlimited }],
      },
    ],
  }
  expect(within(orchardSpec, less)).toBe(true)
  expect(within(less, orchardSpec)).toBe(false)
})

/** Changes a part of some policies, to wider or narrower. */
function changed(spec: SessionSpec): fc.Arbitrary<SessionSpec> {
  const policies = policiesOf(spec).map((policy) =>
    fc
      .record({
        part: fc.constantFrom('none', 'off', 'most', 'value', 'uses', 'rule', 'rule'),
        most: fc.bigInt(0n, 12n),
        limit: anyLimit,
        rule: anyConstraint,
        place: fc.integer({ min: 0, max: 2 }),
      })
      .map(({ part, most, limit, rule, place }): AnyPolicy[] => {
        if (part === 'off') return []
        const own: AnyPolicy = {
          ...policy,
          ...(part === 'most' && { maxValuePerUse: most }),
          ...(part === 'value' && { valueLimit: limit }),
          ...(part === 'uses' && { useLimit: limit }),
        }
        if (part !== 'rule' || own.kind === 'transfer') return [own]
        const constraints = own.constraints.map((before, at) =>
          at === place ? { ...rule, index: before.index } : before,
        )
        return [{ ...own, constraints }]
      }),
  )
  return fc
    .record({
      expiresAt: fc.constantFrom(spec.expiresAt, midnight + 40 * 3600),
      feeLimit: fc.constantFrom(spec.feeLimit, lifetime(4n)),
      policies: fc.tuple(...policies),
    })
    .map(({ policies: own, ...rest }) => ({
      ...spec,
      ...rest,
      transferPolicies: own.flat().filter((policy) => policy.kind === 'transfer'),
      callPolicies: own.flat().filter((policy) => policy.kind === 'call'),
    }))
}

/** Calls of the spec's own policies. */
function callsOf(spec: SessionSpec): fc.Arbitrary<Call> {
  return fc
    .record({
      policy: fc.constantFrom(...policiesOf(spec)),
      words: fc.tuple(fc.bigInt(0n, 4n), fc.bigInt(0n, 4n)),
      value: fc.constantFrom(0n, 1n, 3n),
    })
    .map(({ policy, words: [a, b], value }) => ({
      to: policy.target,
      value: policy.maxValuePerUse > 0n ? value : 0n,
      data: policy.kind === 'call' ? `${policy.selector}${word(a).slice(2)}${word(b).slice(2)}` : '0x',
    }))
}

test('behavior: whatever a session within another one signs, the other one would have signed', () => {
  const scene = anySpec.chain((asked) =>
    fc.record({
      asked: fc.constant(asked),
      granted: changed(asked),
      steps: fc.array(
        fc.record({
          calls: fc.array(callsOf(asked), { minLength: 1, maxLength: 2 }),
          wait: fc.integer({ min: 0, max: 7200 }),
          fee: fc.constantFrom(0n, 0n, 0n, 1n),
        }),
        { minLength: 20, maxLength: 40 },
      ),
    }),
  )
  let compared = 0
  fc.assert(
    fc.property(scene, ({ asked, granted, steps }) => {
      if (!within(asked, granted)) return
      let timestamp = midnight
      let own: Usage = {}
      let other: Usage = {}
      for (const { calls, wait, fee } of steps) {
        timestamp += wait
        const base = { calls, fee: { fee }, timestamp, banned: [], rules }
        const verdict = check({ ...base, spec: granted, usage: own })
        if (!verdict.ok) continue
        compared += 1
        const wide = check({ ...base, spec: asked, usage: other })
        expect(wide).toMatchObject({ ok: true })
        if (!wide.ok) return
        own = applyCharges(own, verdict.charges)
        other = applyCharges(other, wide.charges)
      }
    }),
    { numRuns: 600 },
  )
  // That it compares at all: many changes make a spec wider.
  expect(compared).toBeGreaterThan(300)
}, 30_000)
