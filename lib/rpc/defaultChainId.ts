import { listNetworks } from '@/lib/chains/networks'
import type { RpcContext } from '@/lib/rpc/context'

/** The chain that a site sees before it is connected: the first network of the wallet. */
export async function defaultChainId(context: Pick<RpcContext, 'database'>): Promise<number> {
  const [first] = await listNetworks(context.database)
  if (first === undefined) throw new Error('the built-in network is always there')
  return first.chainId
}
