import { beforeEach, expect, test, vi } from 'vitest'
import { isLocked } from '@/lib/session/vault'
import { changeSettings } from '@/lib/settings/changeSettings'
import { testRpc, withAccount, withSession } from './testRpc'

const browser = vi.hoisted(() => ({
  idle: { setDetectionInterval: vi.fn() },
  alarms: { create: vi.fn(async () => undefined), clear: vi.fn(async () => true) },
}))
vi.mock('wxt/browser', () => ({ browser }))
beforeEach(() => vi.clearAllMocks())

/** A wallet whose vault is open and that locks after 5 minutes. */
async function openWallet() {
  const { followIdle, idleStateChanged, lockIfDue } = await import('@/lib/rpc/idleLock')
  let ahead = 0
  const base = await testRpc()
  const context = { ...base, now: () => Date.now() + ahead }
  const { account } = await withAccount(context)
  await withSession(context, account)
  await changeSettings(context.database, { idleMinutes: 5 })
  const locked = () => isLocked(context, account.address)
  const pass = (minutes: number) => (ahead += minutes * 60_000)
  return { context, locked, pass, followIdle, idleStateChanged, lockIfDue }
}

test('behavior: the browser is asked for the time that the user set', async () => {
  const { context, followIdle } = await openWallet()
  await followIdle(context)
  expect(browser.idle.setDetectionInterval).toHaveBeenCalledWith(300)
})

test('behavior: no input for that time locks', async () => {
  const { context, locked, idleStateChanged } = await openWallet()
  expect(await locked()).toBe(false)
  await idleStateChanged(context, 'idle')
  expect(await locked()).toBe(true)
})

test('behavior: a locked screen locks the wallet after that time, a short absence does not', async () => {
  const { context, locked, pass, idleStateChanged, lockIfDue } = await openWallet()
  await idleStateChanged(context, 'locked')
  expect(browser.alarms.create).toHaveBeenCalledWith('idle-lock', { when: expect.any(Number) })
  pass(4)
  await lockIfDue(context)
  await idleStateChanged(context, 'active')
  expect(browser.alarms.clear).toHaveBeenCalledWith('idle-lock')
  expect(await locked()).toBe(false)
  await idleStateChanged(context, 'locked')
  pass(5)
  await lockIfDue(context)
  await idleStateChanged(context, 'active')
  expect(await locked()).toBe(true)
})

test('behavior: a computer that slept past the time is locked before any event says so, and stays locked', async () => {
  const { context, locked, pass, idleStateChanged } = await openWallet()
  await idleStateChanged(context, 'locked')
  pass(60)
  expect(await locked()).toBe(true)
  await idleStateChanged(context, 'active')
  expect(await locked()).toBe(true)
})
