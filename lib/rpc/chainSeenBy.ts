import { numberToHex } from 'viem'
import { connections } from '@/lib/connection/connections'
import type { RpcContext } from '@/lib/rpc/context'
import { defaultChainId } from '@/lib/rpc/defaultChainId'

/** The chain that an origin sees, as a hex quantity. */
export async function chainSeenBy(context: RpcContext, origin: string): Promise<`0x${string}`> {
  const connection = await connections.get(context.database, origin)
  return numberToHex(connection?.chainId ?? (await defaultChainId(context)))
}
