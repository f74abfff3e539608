import { describe, expect, test } from 'vitest'
import { applyCharges } from '@/lib/policy/applyCharges'
import { check, type CheckRequest } from '@/lib/policy/check'
import type { Call } from '@/lib/policy/call'
import { unlimited } from '@/lib/policy/spec'
import {
  allowance,
  day,
  demo,
  lifetime,
  midnight,
  orchard,
  orchardSpec,
  plantCall,
  rules,
  shop,
  signer,
  sponsor,
  thief,
  tipCall,
  transferCall,
  word,
} from './fixtures'

const ether = 10n ** 18n
const base: CheckRequest = {
  spec: orchardSpec,
  usage: {},
  calls: [],
  fee: { fee: 10n ** 13n },
  timestamp: midnight + 3600,
  banned: [signer],
  rules,
}

function verdict(calls: Call[], rest: Partial<CheckRequest> = {}) {
  return check({ ...base, calls, ...rest })
}

function refusal(calls: Call[], rest: Partial<CheckRequest> = {}) {
  const result = verdict(calls, rest)
  return result.ok ? null : result.refusal
}

describe('check, accepted', () => {
  test('behavior: a token transfer is charged to its day and to the fee', () => {
    expect(verdict([transferCall(ether)])).toEqual({
      ok: true,
      charges: [
        { cell: '1.argument.1', amount: ether, period: midnight / day },
        { cell: 'fee', amount: 10n ** 13n, period: 0 },
      ],
      policyIndex: [1],
      validAfter: midnight - 1,
      validUntil: midnight + day - 1,
    })
  })

  test('behavior: policy index counts transfers first, and periods intersect', () => {
    const result = verdict([plantCall(35n), tipCall(1n), transferCall(1n)])
    expect(result).toMatchObject({
      ok: true,
      policyIndex: [2, 0, 1],
      validAfter: midnight + 3600 - 1,
      validUntil: midnight + 7200 - 1,
    })
  })

  test('behavior: without a period the session ends by itself', () => {
    expect(verdict([tipCall(1n)])).toMatchObject({ validAfter: 0, validUntil: orchardSpec.expiresAt })
  })

  test('behavior: the last second of the session', () => {
    expect(verdict([tipCall(1n)], { timestamp: orchardSpec.expiresAt }).ok).toBe(true)
  })

  test('behavior: addresses and selectors compare in any case', () => {
    const call = { ...plantCall(1n), to: orchard.toUpperCase().replace('0X', '0x') as `0x${string}` }
    expect(verdict([{ ...call, data: call.data.replace('c383e22b', 'C383E22B') as `0x${string}` }]).ok).toBe(
      true,
    )
  })

  test('behavior: the listed sponsor pays, and the fee limit is not charged', () => {
    const spec = { ...orchardSpec, paymaster: { mode: 'Listed', paymaster: sponsor } as const }
    const result = verdict([tipCall(1n)], { spec, fee: { fee: ether, paymaster: sponsor } })
    expect(result).toMatchObject({ ok: true, charges: [{ cell: '0.value' }, { cell: '0.uses' }] })
  })

  test('behavior: any paymaster is charged to the fee limit all the same', () => {
    const spec = { ...orchardSpec, paymaster: { mode: 'Any' } as const }
    expect(refusal([tipCall(1n)], { spec, fee: { fee: ether, paymaster: thief } })).toMatchObject({
      rule: 'LifetimeUsageExceeded',
      call: -1,
      subject: { kind: 'fee' },
    })
  })

  test('behavior: exactly the daily limit in a batch', () => {
    const calls = Array.from({ length: 5 }, () => transferCall(2n * ether))
    expect(verdict(calls)).toMatchObject({ ok: true, charges: [{ amount: 10n * ether }, {}] })
  })
})

describe('check, refused', () => {
  test('error: an ended session', () => {
    expect(refusal([tipCall(1n)], { timestamp: orchardSpec.expiresAt + 1 })).toEqual({
      rule: 'SessionExpired',
      expiresAt: orchardSpec.expiresAt,
      timestamp: orchardSpec.expiresAt + 1,
    })
  })

  test('error: no call, and too many', () => {
    expect(refusal([])).toEqual({ rule: 'NoCalls' })
    const calls = Array.from({ length: 33 }, () => plantCall(0n))
    expect(refusal(calls)).toEqual({ rule: 'TooManyCalls', calls: 33, maximum: 32 })
  })

  test('error: a banned target, also where a policy allows it', () => {
    expect(refusal([tipCall(1n)], { banned: [shop] })).toEqual({
      rule: 'TargetBanned',
      call: 0,
      target: shop,
    })
  })

  test('error: one to three bytes of data', () => {
    for (const data of ['0x00', '0x0000', '0x000000'] as const)
      expect(refusal([{ to: shop, value: 0n, data }])).toMatchObject({
        rule: 'InvalidDataLength',
        required: 4,
      })
  })

  test('error: an unknown function, an unknown contract, an unknown recipient', () => {
    const approve = { to: demo, value: 0n, data: '0x095ea7b3' } as const
    expect(refusal([approve])).toMatchObject({ rule: 'CallPolicyViolated', targetKnown: true })
    expect(refusal([{ ...approve, to: thief }])).toMatchObject({ targetKnown: false, selector: '0x095ea7b3' })
    expect(refusal([tipCall(1n, thief)])).toEqual({
      rule: 'TransferPolicyViolated',
      call: 0,
      target: thief,
      allowed: [shop],
    })
  })

  test('error: a call policy does not allow a transfer, nor the other way round', () => {
    expect(refusal([{ to: demo, value: 0n, data: '0x' }])).toMatchObject({ rule: 'TransferPolicyViolated' })
    expect(refusal([{ to: shop, value: 0n, data: '0xa9059cbb' }])).toMatchObject({
      rule: 'CallPolicyViolated',
    })
  })

  test('error: more value than one use may take, or any where none may pass', () => {
    const asked = 2n * 10n ** 15n + 1n
    expect(refusal([tipCall(asked)])).toMatchObject({ rule: 'MaxValueExceeded', value: asked })
    expect(refusal([{ ...plantCall(1n), value: 1n }])).toMatchObject({ maxValuePerUse: 0n })
  })

  test('error: the value limit, then the use limit', () => {
    const tip = tipCall(2n * 10n ** 15n)
    expect(refusal(Array.from({ length: 6 }, () => tip))).toMatchObject({
      rule: 'LifetimeUsageExceeded',
      call: 5,
      subject: { kind: 'value', target: shop },
      used: 10n ** 16n,
    })
    expect(refusal(Array.from({ length: 6 }, () => tipCall(1n)))).toEqual({
      rule: 'LifetimeUsageExceeded',
      call: 5,
      subject: { kind: 'uses', target: shop },
      limit: 5n,
      used: 5n,
      amount: 1n,
    })
  })

  test('error: uses an hour', () => {
    const calls = Array.from({ length: 21 }, () => plantCall(3n))
    expect(refusal(calls)).toMatchObject({
      rule: 'AllowanceExceeded',
      call: 20,
      subject: { kind: 'uses', selector: '0xc383e22b' },
      resetsAt: midnight + 7200,
    })
  })

  test('error: another recipient, too large an amount, plot 36', () => {
    expect(refusal([transferCall(1n, thief)])).toMatchObject({
      rule: 'ConditionViolated',
      index: 0,
      condition: 'Equal',
      refValue: word(shop),
      actual: word(thief),
    })
    expect(refusal([transferCall(2n * ether + 1n)])).toMatchObject({ index: 1, condition: 'LessOrEqual' })
    expect(refusal([plantCall(0n), plantCall(36n)])).toMatchObject({ call: 1, actual: word(36n) })
  })

  test('error: the daily limit, counting what is used', () => {
    const usage = { '1.argument.1': { used: 92n * 10n ** 17n, period: midnight / day } }
    expect(refusal([transferCall(15n * 10n ** 17n)], { usage })).toEqual({
      rule: 'AllowanceExceeded',
      call: 0,
      subject: { kind: 'argument', target: demo, selector: '0xa9059cbb', index: 1 },
      limit: 10n * ether,
      used: 92n * 10n ** 17n,
      amount: 15n * 10n ** 17n,
      period: day,
      resetsAt: midnight + day,
    })
    expect(verdict([transferCall(15n * 10n ** 17n)], { usage, timestamp: midnight + day }).ok).toBe(true)
  })

  test('error: a clock behind the recorded usage', () => {
    const usage = { '1.argument.1': { used: 0n, period: midnight / day + 1 } }
    expect(refusal([transferCall(1n)], { usage })).toMatchObject({ rule: 'PeriodElapsed' })
  })

  test('error: an argument cut off by one byte', () => {
    const { data, ...call } = plantCall(1n)
    expect(refusal([{ ...call, data: data.slice(0, -2) as `0x${string}` }])).toEqual({
      rule: 'InvalidDataLength',
      call: 0,
      length: 35,
      required: 36,
    })
  })

  test('error: a paymaster that is not allowed', () => {
    const fee = { fee: 1n, paymaster: sponsor }
    expect(refusal([tipCall(1n)], { fee })).toEqual({ rule: 'PaymasterNotAllowed', paymaster: sponsor })
    const spec = { ...orchardSpec, paymaster: { mode: 'Listed', paymaster: thief } as const }
    expect(refusal([tipCall(1n)], { fee, spec })).toMatchObject({ rule: 'PaymasterNotAllowed' })
  })

  test('error: the fee limit, also by period', () => {
    const fee = { fee: 10n ** 15n + 1n }
    expect(refusal([tipCall(1n)], { fee })).toMatchObject({ rule: 'LifetimeUsageExceeded', call: -1 })
    const spec = { ...orchardSpec, feeLimit: allowance(10n ** 15n, day) }
    expect(refusal([tipCall(1n)], { fee, spec })).toMatchObject({ rule: 'AllowanceExceeded', period: day })
    expect(verdict([tipCall(1n)], { spec })).toMatchObject({ validUntil: midnight + day - 1 })
  })

  test('error: the order is that of the contracts: the first failing rule is told', () => {
    const call = { ...transferCall(3n * ether, thief), value: 1n }
    expect(refusal([call], { fee: { fee: ether } })).toMatchObject({ rule: 'MaxValueExceeded' })
    expect(refusal([{ ...call, value: 0n }])).toMatchObject({ rule: 'ConditionViolated', index: 0 })
  })

  test('error: a call that is not well-formed is no refusal but an error', () => {
    for (const data of ['0x0', '0xzz', 'a9059cbb', ''] as `0x${string}`[])
      expect(() => verdict([{ to: shop, value: 0n, data }])).toThrow('calls[0] is malformed')
    expect(() => verdict([tipCall(-1n)])).toThrow(expect.objectContaining({ code: -32602 }))
    expect(() => verdict([tipCall(2n ** 256n)])).toThrow('uint256')
  })
})

describe('check, edges', () => {
  test('behavior: several constraints on one word each keep their own count', () => {
    const [, amount] = orchardSpec.callPolicies[0]?.constraints ?? []
    if (!amount) throw new Error('The fixture has two constraints.')
    const twice = {
      ...orchardSpec,
      transferPolicies: [],
      callPolicies: [
        {
          ...(orchardSpec.callPolicies[0] ?? never()),
          constraints: [
            { ...amount, limit: lifetime(3n) },
            { ...amount, limit: allowance(2n, day) },
          ],
        },
      ],
    }
    const first = verdict([transferCall(2n)], { spec: twice })
    if (!first.ok) throw new Error('Two are within both limits.')
    const usage = applyCharges({}, first.charges)
    expect(refusal([transferCall(1n)], { spec: twice, usage })).toMatchObject({ rule: 'AllowanceExceeded' })
    expect(refusal([transferCall(2n)], { spec: twice, usage, timestamp: midnight + day })).toMatchObject({
      rule: 'LifetimeUsageExceeded',
    })
  })

  test('behavior: a value limit behind a maximum of 0 counts nothing', () => {
    const [tip] = orchardSpec.transferPolicies
    if (!tip) throw new Error('The fixture has a transfer policy.')
    const spec = {
      ...orchardSpec,
      transferPolicies: [{ ...tip, maxValuePerUse: 0n, valueLimit: allowance(5n, 60), useLimit: unlimited }],
    }
    expect(verdict([tipCall(0n)], { spec })).toMatchObject({
      ok: true,
      validAfter: 0,
      charges: [{ cell: 'fee' }],
    })
  })
})

function never(): never {
  throw new Error('The fixture has a call policy.')
}
