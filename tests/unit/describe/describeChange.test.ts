import { expect, test } from 'vitest'
import { describeChange } from '@/lib/describe/describeChange'
import { describeObstacle } from '@/lib/describe/describeObstacle'
import { describeRefusal } from '@/lib/describe/describeRefusal'
import { day, midnight, orchardSpec, thief } from '../policy/fixtures'
import { context } from './fixtures'

test('behavior: what changes is told before and after, what is new alone, and nothing used is carried over', () => {
  const [tip] = orchardSpec.transferPolicies
  if (!tip) throw new Error('the fixture has it')
  const after = {
    ...orchardSpec,
    expiresAt: orchardSpec.expiresAt + 3600,
    transferPolicies: [
      { ...tip, maxValuePerUse: 3n * 10n ** 15n },
      { ...tip, target: thief },
    ],
  }
  const usage = { '1.argument.1': { used: 92n * 10n ** 17n, period: midnight / day } }
  const { changes, anew } = describeChange(orchardSpec, after, usage, { ...context, now: midnight })
  expect(changes).toHaveLength(3)
  expect(changes[0]?.before).toContain('up to 0.002 ETH at a time')
  expect(changes[0]?.after).toContain('up to 0.003 ETH at a time')
  expect(changes.filter(({ before }) => before === null)).toHaveLength(1)
  expect(anew).toBe('Limits start anew. Not carried over: DEMO by `transfer`: 9.2 of 10 DEMO used.')
  expect(describeChange(orchardSpec, orchardSpec, {}, { ...context, now: midnight })).toEqual({
    changes: [],
    anew: 'Limits start anew.',
  })
})

test('behavior: a session that was closed ended, and can be renewed', () => {
  const refusal = { rule: 'SessionNotActive', status: 'closed', endedAt: midnight } as const
  const text = describeRefusal(refusal, { ...context, now: midnight + 60, timeZone: 'UTC' })
  expect(text).toMatch(/^The session ended at .*\. Renew it unchanged, or approve just this\.$/)
  expect(describeRefusal({ rule: 'SessionNotActive', status: 'closing' }, context)).toBe(
    'The session ended. Renew it unchanged, or approve just this.',
  )
})

test('behavior: where no wider session is offered, the reason is said once', () => {
  expect(describeObstacle('banned')).toContain('guards your account')
  expect(describeObstacle('not-active')).toBeNull()
})
