import { describe, expect, test } from 'vitest'
import { remaining } from '@/lib/policy/remaining'
import { day, midnight, orchardSpec } from './fixtures'

describe('remaining', () => {
  test('behavior: every limited quantity in order, untouched', () => {
    const list = remaining(orchardSpec, {}, midnight + 60)
    expect(list.map(({ cell, left, resetsAt }) => [cell, left, resetsAt])).toEqual([
      ['fee', 10n ** 15n, null],
      ['0.value', 10n ** 16n, null],
      ['0.uses', 5n, null],
      ['1.argument.1', 10n ** 19n, midnight + day],
      ['2.uses', 20n, midnight + 3600],
    ])
  })

  test('behavior: usage of an elapsed period is gone, of a lifetime stays', () => {
    const usage = {
      '0.uses': { used: 2n, period: 0 },
      '2.uses': { used: 20n, period: midnight / 3600 },
    }
    const now = remaining(orchardSpec, usage, midnight + 3599)
    expect(now.map(({ left }) => left).slice(-1)).toEqual([0n])
    const later = remaining(orchardSpec, usage, midnight + 3600)
    expect(later.map(({ cell, left, used }) => [cell, left, used]).slice(2)).toEqual([
      ['0.uses', 3n, 2n],
      ['1.argument.1', 10n ** 19n, 0n],
      ['2.uses', 20n, 0n],
    ])
  })

  test('behavior: a clock behind the recorded period shows the recorded one', () => {
    const usage = { '2.uses': { used: 7n, period: midnight / 3600 + 1 } }
    expect(remaining(orchardSpec, usage, midnight + 60).at(-1)).toMatchObject({
      left: 13n,
      resetsAt: midnight + 7200,
    })
  })
})
