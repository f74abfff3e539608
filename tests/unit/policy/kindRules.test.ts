import { describe, expect, test } from 'vitest'
import { check, type CheckRequest } from '@/lib/policy/check'
import { exposure } from '@/lib/policy/exposure'
import { enforcedSpec, kindRules } from '@/lib/policy/kindRules'
import {
  allowance,
  day,
  lifetime,
  midnight,
  orchardSpec,
  plantCall,
  shop,
  sponsor,
  tipCall,
  transferCall,
} from './fixtures'

const ether = 10n ** 18n
const base: CheckRequest = {
  spec: orchardSpec,
  usage: {},
  calls: [transferCall(ether)],
  fee: { fee: 10n ** 13n },
  timestamp: midnight + 3600,
  banned: [],
  rules: kindRules['zksync-sso'],
}
const verdict = (rest: Partial<CheckRequest>) => check({ ...base, ...rest })

describe('zksync-sso', () => {
  test('behavior: a session makes one call at a time', () => {
    expect(verdict({}).ok).toBe(true)
    expect(verdict({ calls: [transferCall(1n), plantCall(1n)] })).toEqual({
      ok: false,
      refusal: { rule: 'TooManyCalls', calls: 2, maximum: 1 },
    })
  })

  test('behavior: a period is valid behind its first second, up to the first second of the next', () => {
    expect(verdict({})).toMatchObject({ validAfter: midnight, validUntil: midnight + day })
    expect(verdict({ rules: kindRules.latchkey })).toMatchObject({
      validAfter: midnight - 1,
      validUntil: midnight + day - 1,
    })
  })

  test('behavior: the second in which a period begins is charged to the new one, and valid a second later', () => {
    const [yesterday, today] = [midnight / day - 1, midnight / day]
    const usage = { '1.argument.1': { used: 10n * ether, period: yesterday } }
    expect(verdict({ usage, timestamp: midnight - 1 })).toMatchObject({
      refusal: { rule: 'AllowanceExceeded' },
    })
    expect(verdict({ usage, timestamp: midnight })).toMatchObject({
      validAfter: midnight,
      charges: [{ cell: '1.argument.1', period: today }, { cell: 'fee' }],
    })
  })

  test('error: a session that ends with the second in which its period begins', () => {
    const spec = { ...orchardSpec, expiresAt: midnight + day }
    expect(verdict({ spec, timestamp: midnight + day })).toMatchObject({
      refusal: { rule: 'EmptyTimeRange', validAfter: midnight + day, validUntil: midnight + day },
    })
    expect(verdict({ spec, timestamp: midnight + day, rules: kindRules.latchkey }).ok).toBe(true)
  })

  test('behavior: what a paymaster pays is never charged to the fee limit', () => {
    const paid = { fee: 10n ** 30n, paymaster: sponsor }
    for (const paymaster of [{ mode: 'Any' }, { mode: 'Listed', paymaster: sponsor }] as const)
      expect(verdict({ spec: { ...orchardSpec, paymaster }, fee: paid })).toMatchObject({
        ok: true,
        charges: [{ cell: '1.argument.1' }],
      })
    expect(
      verdict({ spec: { ...orchardSpec, paymaster: { mode: 'Any' } }, fee: paid, rules: kindRules.latchkey }),
    ).toMatchObject({
      refusal: { rule: 'LifetimeUsageExceeded', subject: { kind: 'fee' } },
    })
  })

  test('behavior: uses and the sponsor are the wallet’s rules alone, and enforced', () => {
    const usage = { '0.uses': { used: 5n, period: 0 } }
    expect(verdict({ usage, calls: [tipCall(1n, shop)] })).toMatchObject({
      refusal: { rule: 'LifetimeUsageExceeded', subject: { kind: 'uses' } },
    })
    expect(verdict({ fee: { fee: 0n, paymaster: sponsor } })).toMatchObject({
      refusal: { rule: 'PaymasterNotAllowed' },
    })
  })
})

describe('enforcedSpec', () => {
  test('behavior: an exposure counts on no rule that the chain does not know', () => {
    const tip = { target: shop, maxValuePerUse: 5n, valueLimit: allowance(100n, day), useLimit: lifetime(2n) }
    const spec = { ...orchardSpec, transferPolicies: [tip], callPolicies: [], expiresAt: midnight + day - 1 }
    expect(enforcedSpec(spec, kindRules.latchkey)).toEqual(spec)
    const { fees, native, warnings } = exposure(enforcedSpec(spec, kindRules['zksync-sso']), midnight)
    expect(native.untilExpiry).toBe((fees.untilExpiry ?? 0n) + 100n)
    expect(exposure(spec, midnight).native.untilExpiry).toBe((fees.untilExpiry ?? 0n) + 10n)
    expect(warnings).toEqual([{ kind: 'AnyPaymaster', severity: 'caution' }])
  })
})
