import { expect, test } from 'vitest'
import type { SessionSpec } from '@/lib/policy/spec'
import { unusual, type EarlierSession } from '@/lib/policy/unusual'
import { allowance, day, demo, lifetime, midnight, orchard, orchardSpec, shop, thief } from './fixtures'

const met = new Set([shop, demo, orchard])
const before: EarlierSession = { spec: orchardSpec, approvedAt: midnight }
const judge = (change: Partial<SessionSpec>, earlier: readonly EarlierSession[] = [before]) =>
  unusual({ spec: { ...orchardSpec, ...change }, earlier, met, timestamp: midnight })
const [tip] = orchardSpec.transferPolicies
const [transfer] = orchardSpec.callPolicies
const amount = transfer?.constraints[1]
if (!tip || !transfer || !amount) throw new Error('the fixture has them')
const aDay = (limit: bigint): Partial<SessionSpec> => ({
  callPolicies: [{ ...transfer, constraints: [{ ...amount, limit: allowance(limit, day) }] }],
})

test('behavior: what a site asked for before is not unusual', () => {
  expect(judge({})).toEqual([])
  expect(judge({ expiresAt: midnight + 12 * 3600 })).toEqual([])
})

test('behavior: a first session is unusual from 30 days on, a later one when it is twice as long', () => {
  const seconds = orchardSpec.expiresAt - midnight
  expect(judge({ expiresAt: midnight + 30 * day }, [])).toEqual([])
  expect(judge({ expiresAt: midnight + 30 * day + 1 }, [])).toEqual([
    { kind: 'Long', seconds: 30 * day + 1, before: null },
  ])
  expect(judge({ expiresAt: midnight + 2 * seconds, callPolicies: [] })).toEqual([])
  expect(judge({ expiresAt: midnight + 2 * seconds + 1, callPolicies: [] })).toEqual([
    { kind: 'Long', seconds: 2 * seconds + 1, before: seconds },
  ])
})

test('behavior: more than twice the widest session before is unusual, for each asset', () => {
  expect(judge(aDay(2n * 10n ** 19n))).toEqual([])
  expect(judge(aDay(2n * 10n ** 19n + 1n))).toEqual([
    { kind: 'More', asset: demo, amount: 4n * 10n ** 19n + 2n, before: 2n * 10n ** 19n },
  ])
  expect(judge({ feeLimit: lifetime(10n ** 17n) })).toMatchObject([{ kind: 'More', asset: 'native' }])
  const withoutTokens = { ...before, spec: { ...orchardSpec, callPolicies: [] } }
  expect(judge({}, [withoutTokens])).toMatchObject([{ kind: 'More', asset: demo, before: 0n }])
})

test('behavior: amounts without an upper figure are the warnings’ to tell', () => {
  const openAmount: Partial<SessionSpec> = { callPolicies: [{ ...transfer, constraints: [] }] }
  expect(judge(openAmount)).toEqual([])
  expect(judge(aDay(10n ** 22n), [before, { ...before, spec: { ...orchardSpec, ...openAmount } }])).toEqual(
    [],
  )
})

test('behavior: targets that the owner never met are listed, each once', () => {
  expect(judge({ transferPolicies: [tip, { ...tip, target: thief }] })).toEqual([
    { kind: 'New', targets: [thief] },
  ])
})
