import { expect, test } from 'vitest'
import { describeRule } from '@/lib/describe/describeRule'
import { appliedRule } from '@/lib/policy/appliedRule'
import { check } from '@/lib/policy/check'
import { midnight, orchardSpec, plantCall, rules, transferCall } from '../policy/fixtures'
import { context } from './fixtures'

test('behavior: the rule by which a session signed, and what it left', () => {
  const calls = [transferCall(15n * 10n ** 17n), plantCall(3n), plantCall(4n)]
  const fee = { fee: 10n ** 14n }
  const request = { spec: orchardSpec, usage: {}, calls, fee, timestamp: midnight, banned: [], rules }
  const verdict = check(request)
  if (!verdict.ok) throw new Error('the fixture allows it')
  const words = describeRule(appliedRule(orchardSpec, {}, verdict, midnight), orchardSpec, context)
  expect(words.allowed).toHaveLength(2)
  expect(words.allowed.join(' ')).toMatch(/DEMO.*20 times an hour/)
  expect(words.left).toHaveLength(3)
  expect(words.left.join(' ')).toContain('8.5 of 10 DEMO left')
  expect(words.left.join(' ')).toContain('18 of 20 left')
  expect(words.left.join(' ')).toContain('Fees: 0.0009 of 0.001 ETH left')
})

test('behavior: of a rule that does not fit the session nothing is said', () => {
  const strange = { policyIndex: [9], left: [{ cell: '9.uses', left: 1n }] } as const
  expect(describeRule(strange, orchardSpec, context)).toEqual({ allowed: [], left: [] })
})
