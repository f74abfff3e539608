import { transact } from '@/lib/storage/transact'
import { BaseError } from '@/lib/errors/BaseError'
import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import { dropLocalKeys } from '@/lib/rpc/dropLocalKeys'
import { prepareApproval } from '@/lib/rpc/prepareApproval'
import { sessions } from '@/lib/session/sessions'

/**
 * Ends sessions of one account on one chain: their local keys are deleted at once, so that this browser signs for them no more;
 * the approval that is opened closes them on chain.
 */
export const revoke = defineCommand({
  name: 'revoke',
  async handle(context, { sessionIds }) {
    const rows = await transact(context.database, [sessions.store], 'readonly', (tx) =>
      Promise.all(sessionIds.map((id) => sessions.get(tx, id))),
    )
    const [first] = rows
    if (
      first === undefined ||
      rows.some((row) => row?.account !== first.account || row.chainId !== first.chainId)
    )
      throw new MixedRevocationError()
    await dropLocalKeys(context, sessionIds)
    const approval = await context.approvals.ask({
      origin: null,
      metadata: first.metadata,
      account: first.account,
      chainId: first.chainId,
      request: { kind: 'revoke', sessionIds },
      sponsor: first.sponsor,
      joinKey: `revoke ${sessionIds.join()}`,
      requestId: null,
    })
    void prepareApproval(context, approval.id)
    return { approvalId: approval.id }
  },
})

/** The sessions are not of one account and chain, or one is unknown. */
export class MixedRevocationError extends BaseError {
  override readonly name = 'Rpc.MixedRevocationError'
  constructor() {
    super(
      'These sessions cannot be closed in one operation: they are of several accounts or chains, or gone.',
      { code: -32602 },
    )
  }
}
