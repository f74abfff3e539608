import { describeContext } from '@/entrypoints/popup/parts/describeContext'
import type { CallDescription } from '@/lib/describe/calls/callDescription'
import { describeCall } from '@/lib/describe/describeCall'
import type { ApprovalView, Snapshot, TransactionRequest } from '@/lib/messaging/views'
import type { Call } from '@/lib/policy/call'

/** The calls of an approval, each with what it does, told as of the moment in which it was asked. */
export function describedCalls(
  { origin, account, chainId, createdAt }: Pick<ApprovalView, 'origin' | 'account' | 'chainId' | 'createdAt'>,
  { calls, sessionId }: TransactionRequest,
  snapshot: Snapshot,
): { readonly call: Call; readonly words: CallDescription }[] {
  // For the names of functions; any session of the site knows them.
  const session =
    snapshot.sessions.find(({ id }) => id === sessionId) ??
    snapshot.sessions.find((other) => other.origin === origin && other.chainId === chainId)
  const context = describeContext(snapshot, chainId, {
    now: createdAt,
    functions: session?.functions,
    account,
  })
  return calls.map((call) => ({ call, words: describeCall(call, context) }))
}
