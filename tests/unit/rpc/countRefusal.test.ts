import { expect, test } from 'vitest'
import { countRefusal } from '@/lib/rpc/countRefusal'
import { refusalForDapp } from '@/lib/rpc/refusalForDapp'
import { sessions } from '@/lib/session/sessions'
import { changeSettings } from '@/lib/settings/changeSettings'
import { sessionRow } from '../operation/sessionRow'
import { testRpc } from './testRpc'

const refusal = { rule: 'NoCalls' } as const
const session = sessionRow()

async function guarded(pauseAfterRefusals = true) {
  let time = 0
  const context = { ...(await testRpc()), now: () => time }
  await sessions.put(context.database, session)
  await changeSettings(context.database, { guards: { perMinute: null, daily: [], pauseAfterRefusals } })
  const refuse = (count: number) =>
    Promise.all(Array.from({ length: count }, () => countRefusal(context, session, refusal)))
  return {
    context,
    refuse,
    status: async () => (await sessions.get(context.database, session.id))?.status,
    pass: (ms: number) => (time += ms),
  }
}

test('behavior: the tenth refusal within a minute pauses the session, and the user is told once', async () => {
  const { refuse, status, context } = await guarded()
  await refuse(9)
  expect(await status()).toBe('active')
  await refuse(5)
  expect(await sessions.get(context.database, session.id)).toMatchObject({
    status: 'paused',
    pausedByGuard: true,
  })
  expect(context.notified).toEqual([
    expect.objectContaining({ title: 'Session paused', message: expect.stringContaining('orchard.example') }),
  ])
})

test('behavior: refusals that are a minute apart pause nothing', async () => {
  const { refuse, status, pass } = await guarded()
  for (let minutes = 0; minutes < 4; minutes++) {
    await refuse(9)
    pass(60_000)
  }
  expect(await status()).toBe('active')
})

test('behavior: states count for nothing, and nothing is counted while the guard is off', async () => {
  const on = await guarded()
  for (let count = 0; count < 12; count++)
    await countRefusal(on.context, session, { rule: 'SessionNotActive', status: 'locked' })
  expect(await on.status()).toBe('active')
  const off = await guarded(false)
  await off.refuse(20)
  expect(await off.status()).toBe('active')
})

test('behavior: a site learns the rule of a guard, never its numbers', () => {
  const asset = 'native' as const
  const guard = {
    rule: 'GuardDailyCeiling',
    call: 0,
    asset,
    limit: 1n,
    used: 5n,
    amount: 1n,
    resetsAt: 1,
  } as const
  expect(refusalForDapp(guard)).toEqual({ refusal: { rule: 'GuardDailyCeiling' } })
  expect(refusalForDapp({ rule: 'GuardPerMinute', cap: 1, signed: 1, waitSeconds: 9 })).toEqual({
    refusal: { rule: 'GuardPerMinute' },
  })
  expect(refusalForDapp({ rule: 'TooManyCalls', calls: 33, maximum: 32 })).toEqual({
    refusal: { rule: 'TooManyCalls', calls: 33, maximum: 32 },
  })
})
