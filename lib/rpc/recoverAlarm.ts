import { browser } from 'wxt/browser'

/** Name of the alarm that wakes the worker for operations whose fate is open. */
export const recoverAlarm = 'recover'
/** Its period while operations are under way: the shortest that browsers allow. */
export const minutesUnderWay = 0.5
/** Its period while operations only wait for a block to be final. */
export const minutesToFinality = 5

/**
 * Sees to it that the alarm comes at least this often. One that does so already is left alone: set anew at every change, it would
 * never come while a site is busy.
 */
export async function keepRecovering(periodInMinutes: number): Promise<void> {
  const alarm = await browser.alarms.get(recoverAlarm)
  if (alarm?.periodInMinutes !== undefined && alarm.periodInMinutes <= periodInMinutes) return
  await browser.alarms.create(recoverAlarm, { periodInMinutes })
}
