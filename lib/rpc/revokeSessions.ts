import type { Hex } from 'viem'
import { getNetwork } from '@/lib/chains/networks'
import { BaseError } from '@/lib/errors/BaseError'
import { findApprovals } from '@/lib/rpc/cleanUp/findApprovals'
import type { RpcContext } from '@/lib/rpc/context'
import { dropLocalKeys } from '@/lib/rpc/dropLocalKeys'
import { endApproval } from '@/lib/rpc/endApproval'
import { prepareApproval } from '@/lib/rpc/prepareApproval'
import type { SessionRow } from '@/lib/session/session'
import { sessions } from '@/lib/session/sessions'
import { transact } from '@/lib/storage/transact'

/**
 * Ends sessions, of whatever sites, accounts and chains: the local keys of all are deleted at once, so that this browser signs for
 * them no more; then one approval for each account and chain closes them there.
 *
 * @param cleanUp - Whether the same operations take back what the sessions let others take.
 * @returns The approvals' ids, in the order in which they will be shown.
 * @throws {UnknownSessionError} One of them is not in the wallet; nothing was done.
 */
export async function revokeSessions(
  context: RpcContext,
  sessionIds: readonly Hex[],
  cleanUp = false,
): Promise<string[]> {
  const rows = await transact(context.database, [sessions.store], 'readonly', (tx) =>
    Promise.all(sessionIds.map((id) => sessions.get(tx, id))),
  )
  const known = rows.filter((row) => row !== undefined)
  if (known.length === 0 || known.length < sessionIds.length) throw new UnknownSessionError()
  await dropLocalKeys(context, sessionIds)
  const open = known.filter(({ status }) => status !== 'closed' && status !== 'failed')
  const placeOf = ({ account, chainId }: SessionRow) => `${account} ${chainId}`
  const approvalIds: string[] = []
  for (const place of new Set(open.map(placeOf)))
    approvalIds.push(
      await askFor(
        context,
        open.filter((session) => placeOf(session) === place),
        cleanUp,
      ),
    )
  return approvalIds
}

/** @param place - Sessions of one account on one chain. */
async function askFor(context: RpcContext, place: readonly SessionRow[], cleans: boolean): Promise<string> {
  const [first] = place
  if (first === undefined) throw new UnknownSessionError()
  const sessionIds = place.map(({ id }) => id)
  const name = sessionIds.join()
  const cleanUp = cleans
    ? await findApprovals(context, await getNetwork(context.database, first.chainId), place)
    : undefined
  // Of the two ways to close the same sessions only the one that was asked for last stays open; what was found before may be stale.
  const replaced = cleans ? [`revoke ${name}`, `clean ${name}`] : [`clean ${name}`]
  for (const { id, joinKey, operationId } of context.approvals.open())
    if (operationId === undefined && replaced.includes(joinKey))
      await endApproval(context, id, { kind: 'rejected' })
  const approval = await context.approvals.ask({
    origin: null,
    metadata: first.metadata,
    account: first.account,
    chainId: first.chainId,
    request: { kind: 'revoke', sessionIds, cleanUp },
    sponsor: first.sponsor,
    joinKey: `${cleans ? 'clean' : 'revoke'} ${name}`,
    requestId: null,
  })
  void prepareApproval(context, approval.id)
  return approval.id
}

/** A session is not, or no more, in the wallet. */
export class UnknownSessionError extends BaseError {
  override readonly name = 'Rpc.UnknownSessionError'
  constructor() {
    super('This session is not in the wallet. Open its list again.', { code: -32602 })
  }
}
