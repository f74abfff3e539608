import { codecFor } from '@/lib/account/codecs/codec'
import { getNetwork } from '@/lib/chains/networks'
import { coverage } from '@/lib/policy/coverage'
import { defineCommand } from '@/lib/rpc/commands/defineCommand'
import { isDeclined, likenessOf } from '@/lib/rpc/declinedSuggestions'
import { openApproval } from '@/lib/rpc/openApproval'
import { suggestionFor } from '@/lib/rpc/suggestionFor'

/** So many approvals of the like, and the wallet offers a session by itself. */
const often = 3

/** The session that would sign calls like those of an approval from now on, or why none is suggested. */
export const suggestion = defineCommand({
  name: 'suggestion',
  async handle(context, { id }) {
    const approval = openApproval(context, id)
    const { request, account, chainId } = approval
    const suggested = await suggestionFor(context, approval)
    if (suggested === null || request.kind !== 'transaction' || account === null) return null
    if (!suggested.ok) return { possible: false, obstacle: suggested.obstacle }
    const { spec, past } = suggested
    const { deployment } = await getNetwork(context.database, chainId)
    const { rules, bannedTargets } = codecFor(deployment.kind)
    const likeness = likenessOf(request.calls)
    const alike = past.filter(
      ({ signedBy, calls }) => signedBy === 'passkey' && likenessOf(calls) === likeness,
    )
    const offered = alike.length >= often && !(await isDeclined(context.database, approval, request.calls))
    const banned = bannedTargets(account, deployment)
    const covers = coverage(spec, past, { banned, rules })
    return { possible: true, coverage: covers, similar: alike.length, offered }
  },
})
