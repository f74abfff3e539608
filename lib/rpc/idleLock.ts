import { browser } from 'wxt/browser'
import type { RpcContext } from '@/lib/rpc/context'
import { isLockDue, setLockDue } from '@/lib/session/lockDue'
import { lockVaults } from '@/lib/session/vault'
import { readSettings } from '@/lib/settings/settings'

/** Name of the alarm at which a computer whose screen is locked locks the wallet too. */
export const idleAlarm = 'idle-lock'

/** Has the browser tell when nobody touched the computer for the time that the user set. */
export async function followIdle(context: RpcContext): Promise<void> {
  const { idleMinutes } = await readSettings(context.database)
  browser.idle.setDetectionInterval(idleMinutes * 60)
}

/**
 * Takes note of what the browser says about the user's input. `idle`: none for the set time. `locked`: the screen is locked, and
 * `idle` never comes while it is, so that the time runs from here. Requests of sites play no part.
 */
export async function idleStateChanged(
  context: RpcContext,
  state: 'active' | 'idle' | 'locked',
): Promise<void> {
  if (state === 'locked') {
    const { idleMinutes } = await readSettings(context.database)
    const due = context.now() + idleMinutes * 60_000
    await setLockDue(context, due)
    await browser.alarms.create(idleAlarm, { when: due })
    return
  }
  if (state === 'idle') await lockAway(context)
  else await lockIfDue(context)
  await setLockDue(context, null)
  await browser.alarms.clear(idleAlarm)
}

/** Closes the vaults if the user is away for the set time; a computer that slept hears of it late. */
export async function lockIfDue(context: RpcContext): Promise<void> {
  if (await isLockDue(context)) await lockAway(context)
}

/** Closes the vaults. Ephemeral sessions stay: nothing could open them again, and the user did not ask for their end. */
export async function lockAway(context: RpcContext): Promise<void> {
  await lockVaults(context, { ephemeral: false })
  context.changed()
}
