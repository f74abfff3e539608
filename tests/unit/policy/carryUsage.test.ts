import { expect, test } from 'vitest'
import { carryUsage } from '@/lib/policy/carryUsage'
import type { Usage } from '@/lib/policy/usage'
import { day, midnight, orchardSpec } from './fixtures'

const today = midnight / day
const hour = midnight / 3600

test('behavior: usage follows its policy to another place, and goes with a policy that is gone', () => {
  const usage: Usage = {
    fee: { used: 1n, period: 0 },
    '0.value': { used: 2n, period: 0 },
    '1.argument.1': { used: 3n, period: today },
    '2.uses': { used: 4n, period: hour },
  }
  const [transfer, plant] = orchardSpec.callPolicies
  if (!transfer || !plant) throw new Error('the fixture has both')
  const fewer = { ...orchardSpec, transferPolicies: [], callPolicies: [plant, transfer] }
  expect(carryUsage(orchardSpec, fewer, usage)).toEqual({
    fee: { used: 1n, period: 0 },
    '1.argument.1': { used: 3n, period: today },
    '0.uses': { used: 4n, period: hour },
  })
})
