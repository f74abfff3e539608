import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyCharges } from '@/lib/policy/applyCharges'
import type { Call } from '@/lib/policy/call'
import { check } from '@/lib/policy/check'
import { exposure } from '@/lib/policy/exposure'
import { remainingExposure } from '@/lib/policy/remainingExposure'
import { unlimited, type SessionSpec } from '@/lib/policy/spec'
import { totalExposure, type OpenSession } from '@/lib/policy/totalExposure'
import type { Usage } from '@/lib/policy/usage'
import { anySpec } from './arbitraries'
import {
  allowance,
  day,
  demo,
  lifetime,
  midnight,
  orchardSpec,
  plantCall,
  rules,
  shop,
  tipCall,
  transferCall,
  transferPolicy,
  word,
} from './fixtures'

const ether = 10n ** 18n
const milli = 10n ** 15n

function open(spec: SessionSpec, usage: Usage | null = {}, chainId = 1): OpenSession {
  return { chainId, spec, usage, now: midnight }
}

describe('remainingExposure', () => {
  test('behavior: with nothing used it is the exposure that was approved', () => {
    fc.assert(
      fc.property(anySpec, fc.integer({ min: midnight, max: midnight + 21 * day }), (spec, now) => {
        const whole = exposure(spec, now)
        const left = remainingExposure(spec, {}, now)
        expect(left.native).toBe(whole.native.untilExpiry)
        expect(left.fees).toBe(whole.fees.untilExpiry)
        expect([...left.tokens]).toEqual(
          whole.tokens.map(({ token, untilExpiry }) => [token.toLowerCase(), untilExpiry]),
        )
      }),
    )
  })

  test('behavior: what is used is gone: of a total for good, of an allowance in its period', () => {
    const usage: Usage = {
      fee: { used: milli / 4n, period: 0 },
      '0.value': { used: 4n * milli, period: 0 },
      '1.argument.1': { used: 9n * ether, period: midnight / day },
    }
    const today = remainingExposure(orchardSpec, usage, midnight + 3600)
    expect(today.fees).toBe((3n * milli) / 4n)
    expect(today.native).toBe(6n * milli + (3n * milli) / 4n)
    expect(today.tokens.get(demo)).toBe(11n * ether)
    expect(remainingExposure(orchardSpec, usage, midnight + day).tokens.get(demo)).toBe(10n * ether)
  })

  test('behavior: a use limit that is nearly used up bounds what amounts would allow', () => {
    const spec = {
      ...orchardSpec,
      callPolicies: [{ ...transferPolicy, useLimit: lifetime(4n) }],
    }
    expect(remainingExposure(spec, { '1.uses': { used: 3n, period: 0 } }, midnight).tokens.get(demo)).toBe(
      2n * ether,
    )
  })

  test('behavior: what was approved can still be taken', () => {
    const approve = {
      ...transferPolicy,
      selector: '0x095ea7b3' as const,
      constraints: [
        { condition: 'Unconstrained' as const, index: 1, refValue: word(0n), limit: lifetime(5n) },
      ],
    }
    const spec = { ...orchardSpec, transferPolicies: [], callPolicies: [approve] }
    const usage: Usage = { '0.argument.0': { used: 5n, period: 0 } }
    expect(remainingExposure(spec, usage, midnight).tokens.get(demo)).toBe(5n)
  })

  test('behavior: nothing is left after the end; a limit that is overdrawn leaves nothing, not less', () => {
    expect(
      remainingExposure({ ...orchardSpec, feeLimit: allowance(5n, day) }, {}, midnight + 9 * day).fees,
    ).toBe(0n)
    expect(remainingExposure(orchardSpec, { fee: { used: 9n * ether, period: 0 } }, midnight).fees).toBe(0n)
  })

  test('behavior: from any moment on, no sequence of accepted operations moves more than it said', () => {
    const call: fc.Arbitrary<Call> = fc.oneof(
      fc.bigInt(0n, 2500n).map((amount) => transferCall(amount * milli)),
      fc.bigInt(0n, 3n).map((value) => tipCall(value * milli)),
      fc.bigInt(0n, 40n).map(plantCall),
    )
    const step = fc.record({
      calls: fc.array(call, { minLength: 1, maxLength: 3 }),
      fee: fc.bigInt(0n, milli / 8n),
      wait: fc.integer({ min: 0, max: 20_000 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let usage: Usage = {}
        let timestamp = midnight
        let [native, tokens] = [0n, 0n]
        const said: { native: bigint; tokens: bigint }[] = []
        for (const { calls, fee, wait } of steps) {
          timestamp += wait
          const left = remainingExposure(orchardSpec, usage, timestamp)
          said.push({
            native: native + (left.native ?? -1n),
            tokens: tokens + (left.tokens.get(demo) ?? 0n),
          })
          const verdict = check({
            spec: orchardSpec,
            usage,
            calls,
            fee: { fee },
            timestamp,
            banned: [],
            rules,
          })
          if (!verdict.ok) continue
          usage = applyCharges(usage, verdict.charges)
          native += fee
          for (const { to, value, data } of calls) {
            if (to === shop) native += value
            if (to === demo) tokens += BigInt(`0x${data.slice(74)}`)
          }
        }
        for (const most of said) {
          expect(native <= most.native).toBe(true)
          expect(tokens <= most.tokens).toBe(true)
        }
      }),
    )
  })
})

describe('totalExposure', () => {
  test('behavior: no session, nothing', () => {
    expect(totalExposure([])).toEqual({ sessions: 0, beyond: 0, until: 0, assets: [] })
  })

  test('behavior: sums by chain and asset, each chain’s own currency first', () => {
    const later = { ...orchardSpec, expiresAt: orchardSpec.expiresAt + 1 }
    const total = totalExposure([open(orchardSpec, {}, 10), open(orchardSpec, {}, 2), open(later, {}, 2)])
    expect(total).toEqual({
      sessions: 3,
      beyond: 0,
      until: later.expiresAt,
      assets: [
        { chainId: 2, asset: 'native', most: 22n * milli, fees: 2n * milli },
        { chainId: 2, asset: demo, most: 40n * ether, fees: 0n },
        { chainId: 10, asset: 'native', most: 11n * milli, fees: milli },
        { chainId: 10, asset: demo, most: 20n * ether, fees: 0n },
      ],
    })
  })

  test('behavior: one without a figure leaves the sum without one; what is unknown counts as unused', () => {
    const wide = {
      ...orchardSpec,
      callPolicies: [{ ...transferPolicy, constraints: [] }],
    }
    const total = totalExposure([open(wide), open(orchardSpec, null)])
    expect(total.assets.find(({ asset }) => asset === demo)?.most).toBeNull()
    expect(total.assets.find(({ asset }) => asset === 'native')?.most).toBe(22n * milli)
  })

  test('behavior: sessions with open contents, collectibles or approvals for all are counted', () => {
    const calls = ['0xac9650d8', '0x42842e0e', '0xa22cb465', '0xc383e22b'] as const
    const specs = calls.map((selector) => ({
      ...orchardSpec,
      callPolicies: [{ ...transferPolicy, selector, useLimit: unlimited, constraints: [] }],
    }))
    expect(totalExposure(specs.map((spec) => open(spec))).beyond).toBe(3)
  })
})
