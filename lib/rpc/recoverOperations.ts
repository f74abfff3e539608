import { browser } from 'wxt/browser'
import { recover } from '@/lib/operation/recover'
import { settle } from '@/lib/operation/settle'
import { operations } from '@/lib/operation/row'
import { unsettled } from '@/lib/operation/unsettled'
import type { RpcContext } from '@/lib/rpc/context'

/** How often included operations are looked at until their block is final. */
const minutesToFinality = 5

/** Name of the alarm that wakes the worker for operations whose fate is open. */
export const recoverAlarm = 'recover'

/** Looks at every operation whose fate is open; with none left, the alarm
 * that wakes the worker for them comes seldom while some wait to be final, and is then taken down. */
export async function recoverOperations(context: RpcContext): Promise<void> {
  for (const { id } of await recover(context)) void settle(context, id)
  if ((await unsettled(context.database)).length > 0) return
  const included = await operations.index(context.database, 'byStatus', 'included')
  if (included.length === 0) await browser.alarms.clear(recoverAlarm)
  else await browser.alarms.create(recoverAlarm, { periodInMinutes: minutesToFinality })
}
