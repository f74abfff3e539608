import { codecFor } from '@/lib/account/codecs/codec'
import { getNetwork } from '@/lib/chains/networks'
import { coverage as coverageOf } from '@/lib/policy/coverage'
import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import { openApproval } from '@/lib/rpc/openApproval'
import { pastCalls } from '@/lib/rpc/pastCalls'

/** How much of what the site of an approval sent before a session would have signed. */
export const coverage = defineCommand({
  name: 'coverage',
  async handle(context, { id, spec }) {
    const approval = openApproval(context, id)
    const { account, chainId } = approval
    if (account === null) return { covered: 0, of: 0 }
    const past = await pastCalls(context.database, approval)
    const { deployment } = await getNetwork(context.database, chainId)
    const { rules, bannedTargets } = codecFor(deployment.kind)
    return coverageOf(spec, past, { banned: bannedTargets(account, deployment), rules })
  },
})
