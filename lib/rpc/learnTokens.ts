import type { Address } from 'viem'
import type { Approval } from '@/lib/approval/approval'
import { tokenMetadata } from '@/lib/assets/tokenMetadata'
import type { Network } from '@/lib/chains/network'
import { tokensOfCalls } from '@/lib/describe/calls/tokensOfCalls'
import type { SessionSpec } from '@/lib/policy/spec'
import { readOrder } from '@/lib/describe/orders/readOrder'
import type { RpcContext } from '@/lib/rpc/context'

/** Looks up symbol and decimals of the contracts that a request touches, so that amounts are shown in tokens. */
export async function learnTokens(
  context: RpcContext,
  network: Network,
  { request, account }: Approval,
): Promise<void> {
  await Promise.all(
    contractsOf(request, account).map((target) => tokenMetadata(context.database, network, target)),
  )
}

function contractsOf(request: Approval['request'], account: Approval['account']): Address[] {
  if (request.kind === 'session') return targetsOf(request.spec)
  if (request.kind === 'transaction')
    return unique([
      ...tokensOfCalls(request.calls, account ?? undefined),
      ...(request.widening?.how ? targetsOf(request.widening.spec) : []),
    ])
  if (request.kind === 'revoke') return unique((request.cleanUp?.approvals ?? []).map(({ token }) => token))
  if (request.kind === 'typed-data') {
    const { gives = [], gets = [] } = readOrder(request.typedData) ?? {}
    return unique([...gives, ...gets].flatMap((given) => (given.kind === 'token' ? [given.token] : [])))
  }
  return []
}

const targetsOf = ({ callPolicies }: SessionSpec) => unique(callPolicies.map(({ target }) => target))
const unique = (addresses: Address[]) => [...new Set(addresses)]
