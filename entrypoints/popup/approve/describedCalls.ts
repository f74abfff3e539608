import { describeContext } from '@/entrypoints/popup/parts/describeContext'
import type { CallDescription } from '@/lib/describe/calls/callDescription'
import { describeCall } from '@/lib/describe/describeCall'
import type { ApprovalView, Snapshot, TransactionRequest } from '@/lib/messaging/views'
import type { Call } from '@/lib/policy/call'

/** A call of an approval, with what it does. */
export type DescribedCall = { readonly call: Call; readonly words: CallDescription }

/** What was told already: a request is of one snapshot, and pages look at it every second. */
const told = new WeakMap<TransactionRequest, readonly DescribedCall[]>()

/** The calls of an approval, each with what it does, told as of the moment in which it was asked. */
export function describedCalls(
  { origin, account, chainId, createdAt }: Pick<ApprovalView, 'origin' | 'account' | 'chainId' | 'createdAt'>,
  request: TransactionRequest,
  snapshot: Snapshot,
): readonly DescribedCall[] {
  const known = told.get(request)
  if (known !== undefined) return known
  const { calls, sessionId } = request
  // For the names of functions; any session of the site knows them.
  const session =
    snapshot.sessions.find(({ id }) => id === sessionId) ??
    snapshot.sessions.find((other) => other.origin === origin && other.chainId === chainId)
  const context = describeContext(snapshot, chainId, {
    now: createdAt,
    functions: session?.functions,
    account,
  })
  const described = calls.map((call) => ({ call, words: describeCall(call, context) }))
  told.set(request, described)
  return described
}
