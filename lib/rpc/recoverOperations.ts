import { browser } from 'wxt/browser'
import { notYetFinal } from '@/lib/operation/finalise'
import { recover } from '@/lib/operation/recover'
import { isUnderWay } from '@/lib/operation/row'
import { settle } from '@/lib/operation/settle'
import { unsettled } from '@/lib/operation/unsettled'
import type { RpcContext } from '@/lib/rpc/context'
import { replaceStuck } from '@/lib/rpc/replaceStuck'
import { keepRecovering, minutesToFinality, minutesUnderWay, recoverAlarm } from '@/lib/rpc/recoverAlarm'

/**
 * Looks at every operation whose fate is open. The alarm that wakes the worker for them comes seldom while all that is left waits for
 * final blocks, and is taken down with nothing left.
 */
export async function recoverOperations(context: RpcContext): Promise<void> {
  const open = await recover(context)
  for (const { id } of open) void settle(context, id)
  for (const row of open) await replaceStuck(context, row)
  const period = await periodWanted(context)
  if (period === minutesUnderWay) return
  await browser.alarms.clear(recoverAlarm)
  // What began meanwhile set the alarm that was just taken down.
  const wanted = await periodWanted(context)
  if (wanted !== null) await keepRecovering(wanted)
}

async function periodWanted({ database }: RpcContext): Promise<number | null> {
  const open = await unsettled(database)
  if (open.some(isUnderWay)) return minutesUnderWay
  return open.length > 0 || (await notYetFinal(database)).length > 0 ? minutesToFinality : null
}
