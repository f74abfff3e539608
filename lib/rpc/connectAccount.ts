import { numberToHex, type Address } from 'viem'
import type { Approval } from '@/lib/approval/approval'
import { connections } from '@/lib/connection/connections'
import type { RpcContext } from '@/lib/rpc/context'

/** Lets a site see an account on a chain, as the owner approved, and tells the site's open documents. */
export async function connectAccount(
  context: RpcContext,
  { origin, chainId, metadata, sponsor }: Pick<Approval, 'origin' | 'chainId' | 'metadata' | 'sponsor'>,
  account: Address,
): Promise<void> {
  if (origin === null) return
  const before = await connections.get(context.database, origin)
  await connections.put(context.database, {
    origin,
    account,
    chainId,
    metadata: { ...before?.metadata, ...metadata },
    sponsor: sponsor ?? before?.sponsor,
    connectedAt: before?.connectedAt ?? context.now(),
  })
  const chain = numberToHex(chainId)
  if (before === undefined) context.emit(origin, 'connect', { chainId: chain })
  if (before !== undefined && before.chainId !== chainId) context.emit(origin, 'chainChanged', chain)
  if (before?.account !== account) context.emit(origin, 'accountsChanged', [account])
  context.changed()
}
