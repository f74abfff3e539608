import fc from 'fast-check'
import { expect, test } from 'vitest'
import { policiesOf, type AnyPolicy } from '@/lib/policy/cells'
import { checkWithin } from '@/lib/policy/checkWithin'
import { closed, knobsOf, opened, turn, type Knob } from '@/lib/policy/knobs'
import { unlimited, unlimitedValue, type SessionSpec, type UsageLimit } from '@/lib/policy/spec'
import { anySpec } from './arbitraries'
import {
  allowance,
  day,
  lifetime,
  midnight,
  orchardSpec,
  plantPolicy,
  shop,
  thief,
  transferPolicy,
  word,
} from './fixtures'

const transfer: AnyPolicy = { kind: 'call', ...transferPolicy }
const plant: AnyPolicy = { kind: 'call', ...plantPolicy }
const open: AnyPolicy = { ...transfer, constraints: [] }

test('behavior: every number of a payment can be turned, its recipient cannot', () => {
  expect(knobsOf(transfer)).toEqual([
    { kind: 'most', at: 1, most: 2n * 10n ** 18n },
    { kind: 'limit', at: 1, limit: allowance(10n ** 19n, day) },
    { kind: 'limit', at: 'uses', limit: unlimited },
  ])
})

test('behavior: a native payment has its value and its uses', () => {
  const [tip] = policiesOf(orchardSpec)
  expect(tip && knobsOf(tip)).toEqual([
    { kind: 'most', at: 'value', most: 2n * 10n ** 15n },
    { kind: 'limit', at: 'value', limit: lifetime(10n ** 16n) },
    { kind: 'limit', at: 'uses', limit: lifetime(5n) },
  ])
  expect(tip && knobsOf({ ...tip, maxValuePerUse: unlimitedValue })[0]).toEqual({
    kind: 'most',
    at: 'value',
    most: null,
  })
})

test('behavior: the highest value of a plain argument is a number like any other', () => {
  expect(knobsOf(plant)[0]).toEqual({ kind: 'most', at: 0, most: 35n })
  expect(turn(plant, { kind: 'most', at: 0, most: 35n })).toEqual(plant)
  expect(turn(plant, { kind: 'most', at: 0, most: 9n })).toMatchObject({
    constraints: [{ condition: 'LessOrEqual', index: 0, refValue: word(9n) }],
  })
})

test('behavior: a token function that leaves amount and recipient open can be given both', () => {
  const base = opened(open)
  expect(knobsOf(base).map(({ kind }) => kind)).toEqual(['most', 'limit', 'limit', 'only'])
  expect(closed(base, open)).toEqual(open)
  const knobs: Knob[] = [
    { kind: 'limit', at: 0, limit: lifetime(7n) },
    { kind: 'only', word: 0, only: shop },
  ]
  const pinned = closed(knobs.reduce(turn, base), open)
  expect(pinned).toMatchObject({
    constraints: [
      { condition: 'Unconstrained', index: 1, limit: lifetime(7n) },
      { condition: 'Equal', index: 0, refValue: word(shop) },
    ],
  })
  expect(closed(turn(base, { kind: 'only', word: 0, only: thief }), open)).toMatchObject({
    constraints: [{ condition: 'Equal', index: 0, refValue: word(thief) }],
  })
})

/** A knob turned down, or left. */
function down(knob: Knob, by: bigint): Knob {
  const less = (value: bigint) => (value > by ? value - by : 0n)
  if (knob.kind === 'only') return by % 2n === 0n ? knob : { ...knob, only: shop }
  if (knob.kind === 'most') return { ...knob, most: knob.most === null ? by : less(knob.most) }
  const limit: UsageLimit =
    knob.limit.limitType === 'Unlimited'
      ? lifetime(by)
      : { ...knob.limit, limit: less(knob.limit.limit), period: knob.limit.period }
  return { ...knob, limit }
}

test('behavior: turning numbers down never makes a session wider, whatever the session', () => {
  fc.assert(
    fc.property(anySpec, fc.infiniteStream(fc.bigInt(0n, 5n)), (asked, amounts) => {
      const turned = policiesOf(asked).map((policy) => {
        const base = opened(policy)
        const knobs = knobsOf(base).map((knob) => down(knob, amounts.next().value as bigint))
        return closed(knobs.reduce(turn, base), policy)
      })
      const granted: SessionSpec = {
        ...asked,
        transferPolicies: turned.filter((policy) => policy.kind === 'transfer'),
        callPolicies: turned.filter((policy) => policy.kind === 'call'),
      }
      checkWithin(asked, granted, midnight)
    }),
  )
})
