import type { Hex } from 'viem'
import { activityTitle } from '@/lib/describe/activityTitle'
import type { OperationRow } from '@/lib/operation/row'
import type { RpcContext } from '@/lib/rpc/context'
import { describeContextOf } from '@/lib/rpc/describeContextOf'
import type { Notice } from '@/lib/rpc/notifyUser'
import { sessions } from '@/lib/session/sessions'
import { readSettings } from '@/lib/settings/settings'

/** Shows the owner what a session signed, with a button that revokes it; nothing when they do not want to be told. */
export async function tellSigned(
  context: RpcContext,
  sessionId: Hex,
  rows: readonly OperationRow[],
): Promise<void> {
  const { notices } = await readSettings(context.database)
  const session = await sessions.get(context.database, sessionId)
  const last = rows.at(-1)
  if (!notices.signed || session === undefined || last === undefined) return
  const words = await describeContextOf(context, session)
  const title = activityTitle({ purpose: 'calls', calls: last.calls }, words)
  const notice: Notice = {
    id: `signed ${sessionId}`,
    title: `Signed for ${new URL(session.origin).host}`,
    message:
      rows.length === 1
        ? `${title}. Within the limits of its session.`
        : `${rows.length} transactions within the limits of its session. The last: ${title}.`,
    revokes: sessionId,
  }
  context.notify(notice)
}
