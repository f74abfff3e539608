import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import { defaultChainId } from '@/lib/rpc/defaultChainId'
import { prepareApproval } from '@/lib/rpc/prepareApproval'
import { sealedSessions } from '@/lib/rpc/sealedSessions'

/** Opens an approval whose gesture opens the vault. */
export const unlock = defineCommand({
  name: 'unlock',
  async handle(context, { account }) {
    const approval = await context.approvals.ask({
      origin: null,
      metadata: {},
      account,
      chainId: await defaultChainId(context),
      request: { kind: 'unlock', sessions: await sealedSessions(context, account) },
      joinKey: `unlock ${account}`,
      requestId: null,
    })
    await prepareApproval(context, approval.id)
    return { approvalId: approval.id }
  },
})
