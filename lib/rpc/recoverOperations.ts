import { browser } from 'wxt/browser'
import { recover } from '@/lib/operation/recover'
import { settle } from '@/lib/operation/settle'
import { unsettled } from '@/lib/operation/unsettled'
import type { RpcContext } from '@/lib/rpc/context'

/** Name of the alarm that wakes the worker for operations whose fate is open. */
export const recoverAlarm = 'recover'

/** Looks at every operation whose fate is open; with none left, the alarm that wakes the worker for them is taken down. */
export async function recoverOperations(context: RpcContext): Promise<void> {
  for (const { id } of await recover(context)) void settle(context, id)
  if ((await unsettled(context.database)).length === 0) await browser.alarms.clear(recoverAlarm)
}
