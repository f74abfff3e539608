import { describe, expect, test } from 'vitest'
import { describeRefusal } from '@/lib/describe/describeRefusal'
import type { Refusal } from '@/lib/policy/refusal'
import { day, demo, midnight, orchard, shop, sponsor, thief, word } from '../policy/fixtures'
import { context } from './fixtures'

const ether = 10n ** 18n
const amount = { kind: 'argument', target: demo, selector: '0xa9059cbb', index: 1 } as const
const resetsAt = context.now + 3 * 3600 + 12 * 60
const condition = { rule: 'ConditionViolated', call: 0 } as const

const sentences: [Refusal, string][] = [
  [
    {
      rule: 'AllowanceExceeded',
      call: 0,
      subject: amount,
      limit: 10n * ether,
      used: 92n * 10n ** 17n,
      amount: 15n * 10n ** 17n,
      period: day,
      resetsAt,
    },
    "Over today's limit: 9.2 of 10 DEMO used, this asks 1.5, 0.7 too much. Resets in 3 h 12 min.",
  ],
  [
    {
      rule: 'AllowanceExceeded',
      call: 20,
      subject: { kind: 'uses', target: orchard, selector: '0xc383e22b' },
      limit: 20n,
      used: 20n,
      amount: 1n,
      period: 3600,
      resetsAt: context.now + 30,
    },
    "Over this hour's limit: 20 of 20 uses used. Resets in 30 s.",
  ],
  [
    {
      rule: 'LifetimeUsageExceeded',
      call: 0,
      subject: { kind: 'value', target: shop },
      limit: 10n ** 16n,
      used: 9n * 10n ** 15n,
      amount: 2n * 10n ** 15n,
    },
    "Over the session's limit: 0.009 of 0.01 ETH used, this asks 0.002, 0.001 too much.",
  ],
  [
    {
      rule: 'LifetimeUsageExceeded',
      call: -1,
      subject: { kind: 'fee' },
      limit: 10n ** 15n,
      used: 0n,
      amount: 3n * 10n ** 15n,
    },
    "Over the session's fee limit: 0 of 0.001 ETH used, this asks 0.003, 0.002 too much.",
  ],
  [
    {
      rule: 'LifetimeUsageExceeded',
      call: 0,
      subject: { ...amount, target: orchard, selector: '0xc383e22b', index: 0 },
      limit: 9n,
      used: 3n,
      amount: 7n,
    },
    "Over the session's limit: 3 of 9 used, this asks 7, 1 too much.",
  ],
  [
    {
      ...condition,
      target: demo,
      selector: '0xa9059cbb',
      index: 0,
      condition: 'Equal',
      refValue: word(shop),
      actual: word(thief),
    },
    'Different recipient: allowed Orchard Shop, asked 0x9999…9999.',
  ],
  [
    {
      ...condition,
      target: demo,
      selector: '0xa9059cbb',
      index: 1,
      condition: 'LessOrEqual',
      refValue: word(2n * ether),
      actual: word(3n * ether),
    },
    'Different amount: allowed at most 2 DEMO at a time, asked 3 DEMO.',
  ],
  [
    {
      ...condition,
      target: orchard,
      selector: '0xc383e22b',
      index: 0,
      condition: 'Less',
      refValue: word(36n),
      actual: word(36n),
    },
    'Different plot: allowed less than 36, asked 36.',
  ],
  [
    {
      ...condition,
      target: demo,
      selector: '0x12345678',
      index: 2,
      condition: 'NotEqual',
      refValue: word(1n),
      actual: word(1n),
    },
    'Different argument in word 2: allowed anything but 1, asked 1.',
  ],
  [
    { rule: 'TransferPolicyViolated', call: 0, target: thief, allowed: [shop] },
    'Different recipient: allowed Orchard Shop, asked 0x9999…9999.',
  ],
  [
    { rule: 'TransferPolicyViolated', call: 0, target: thief, allowed: [] },
    'Not in the session: it pays nobody, asked 0x9999…9999.',
  ],
  [
    { rule: 'CallPolicyViolated', call: 0, target: demo, selector: '0x095ea7b3', targetKnown: true },
    'Not in the session: `approve` of 0x2222…2222. It allows other functions of this contract only.',
  ],
  [
    { rule: 'CallPolicyViolated', call: 0, target: thief, selector: '0x12345678', targetKnown: false },
    'Not in the session: unknown function 0x12345678 of 0x9999…9999. It allows no call to this contract.',
  ],
  [
    {
      rule: 'MaxValueExceeded',
      call: 0,
      target: shop,
      value: 3n * 10n ** 15n,
      maxValuePerUse: 2n * 10n ** 15n,
    },
    'Over the limit of one use: allowed 0.002 ETH, this asks 0.003 ETH.',
  ],
  [
    { rule: 'MaxValueExceeded', call: 0, target: shop, value: 1n, maxValuePerUse: 0n },
    'The session sends no ETH here, this asks 0.000000000000000001 ETH.',
  ],
  [
    { rule: 'SessionExpired', expiresAt: midnight + 17 * 3600, timestamp: context.now },
    'The session ended at 18:00. Renew it unchanged, or approve just this.',
  ],
  [
    { rule: 'SessionExpired', expiresAt: midnight - 9 * day, timestamp: context.now },
    'The session ended on 23 December 2024, 01:00. Renew it unchanged, or approve just this.',
  ],
  [{ rule: 'SessionNotActive', status: 'paused' }, 'The session is paused. Resume it, or approve just this.'],
  [
    { rule: 'TargetBanned', call: 0, target: thief },
    'No session may call 0x9999…9999: it guards your account.',
  ],
  [{ rule: 'TooManyCalls', calls: 33, maximum: 32 }, 'Too many calls at once: 33, where 32 are possible.'],
  [{ rule: 'NoCalls' }, 'The request contains no call.'],
  [
    { rule: 'InvalidDataLength', call: 0, length: 35, required: 36 },
    'Data cut off: 35 bytes, where 36 are needed.',
  ],
  [
    { rule: 'PaymasterNotAllowed', paymaster: sponsor },
    'Another sponsor: the session does not allow 0x5555…5555 to pay its fees.',
  ],
  [
    { rule: 'PeriodElapsed', call: 0, subject: amount, recorded: 2, period: 1 },
    "This computer's clock is behind the chain. Wait a moment and try again.",
  ],
  [
    { rule: 'EmptyTimeRange', validAfter: 2, validUntil: 1 },
    'The calls count in different periods and can never be valid together. Send them one by one.',
  ],
]

describe('describeRefusal', () => {
  test.each(sentences)('behavior: $rule', (refusal, sentence) => {
    expect(describeRefusal(refusal, context)).toBe(sentence)
  })
})
