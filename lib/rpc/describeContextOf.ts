import { accounts } from '@/lib/account/accounts'
import { listTokens } from '@/lib/assets/tokens'
import { listNetworks } from '@/lib/chains/networks'
import type { DescribeContext } from '@/lib/describe/context'
import { kindRules } from '@/lib/policy/kindRules'
import type { RpcContext } from '@/lib/rpc/context'
import type { SessionRow } from '@/lib/session/session'

/** What words about a session and its calls are made with. */
export async function describeContextOf(
  context: RpcContext,
  { chainId, functions }: SessionRow,
): Promise<DescribeContext> {
  const { database } = context
  const [tokens, own, networks] = await Promise.all([
    listTokens(database),
    accounts.getAll(database),
    listNetworks(database),
  ])
  const network = networks.find((known) => known.chainId === chainId)
  return {
    currency: network?.currency ?? { symbol: 'ETH', decimals: 18 },
    rules: kindRules[network?.deployment.kind ?? 'zksync-sso'],
    tokens: tokens.filter((token) => token.chainId === chainId),
    functions,
    names: Object.fromEntries(own.map(({ id, name }) => [id, name])),
    now: Math.floor(context.now() / 1000) + context.clock.skew(chainId),
  }
}
