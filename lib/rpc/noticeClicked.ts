import type { Hex } from 'viem'
import type { RpcContext } from '@/lib/rpc/context'
import { noticePrefix } from '@/lib/rpc/notifyUser'
import { revokeSessions } from '@/lib/rpc/revokeSessions'
import { sessions } from '@/lib/session/sessions'

/** The owner clicked a notification: the page that has more about it is opened. */
export async function noticeClicked(context: RpcContext, notificationId: string): Promise<void> {
  await context.showPage(signingSession(notificationId) === null ? '#/sessions' : '#/activity')
}

/**
 * The owner clicked "Revoke" on a notification: the session's key is deleted at once, and the window asks for the gesture that closes
 * it on chain. Of one that is closed already, the list is shown.
 */
export async function noticeButtonClicked(context: RpcContext, notificationId: string): Promise<void> {
  const sessionId = signingSession(notificationId)
  const session = sessionId === null ? undefined : await sessions.get(context.database, sessionId)
  if (session === undefined || session.status === 'closed' || session.status === 'failed')
    return context.showPage('#/sessions')
  const [approvalId] = await revokeSessions(context, [session.id])
  if (approvalId !== undefined) await context.window.show(approvalId)
}

function signingSession(notificationId: string): Hex | null {
  const start = `${noticePrefix}signed `
  return notificationId.startsWith(start) ? (notificationId.slice(start.length) as Hex) : null
}
