import type { Address } from 'viem'
import type { Network } from '@/lib/chains/network'
import type { ExposureView } from '@/lib/messaging/exposureView'
import { isUsage } from '@/lib/operation/isIntact'
import { enforcedSpec, kindRules } from '@/lib/policy/kindRules'
import { totalExposure, type OpenSession } from '@/lib/policy/totalExposure'
import type { RpcContext } from '@/lib/rpc/context'
import type { SessionRow } from '@/lib/session/session'

/** Statuses in which the chain takes operations of a session, or soon may: one that stopped here can be used by a copied key. */
const open = new Set<SessionRow['status']>(['pending', 'active', 'paused', 'closing'])

/**
 * What the open sessions of each account can still take together. An operation under way is not taken off: what it moves is not gone
 * yet. Of a network that was removed nobody knows which rules its contracts enforce: those that enforce less are assumed.
 */
export function exposureViews(
  { now, clock }: Pick<RpcContext, 'now' | 'clock'>,
  networks: readonly Network[],
  sessions: readonly SessionRow[],
): ExposureView[] {
  const kinds = new Map(networks.map(({ chainId, deployment }) => [chainId, deployment.kind]))
  const byAccount = new Map<Address, OpenSession[]>()
  for (const { account, chainId, status, spec, usage, unknownSince } of sessions) {
    const time = Math.floor(now() / 1000) + clock.skew(chainId)
    if (!open.has(status) || spec.expiresAt < time) continue
    const one: OpenSession = {
      chainId,
      spec: enforcedSpec(spec, kindRules[kinds.get(chainId) ?? 'zksync-sso']),
      usage: unknownSince === undefined && isUsage(usage) ? usage : null,
      now: time,
    }
    const others = byAccount.get(account)
    if (others === undefined) byAccount.set(account, [one])
    else others.push(one)
  }
  return [...byAccount].map(([account, own]) => ({ account, ...totalExposure(own) }))
}
