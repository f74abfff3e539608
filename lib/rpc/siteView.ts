import { numberToHex } from 'viem'
import { connections } from '@/lib/connection/connections'
import type { RpcContext } from '@/lib/rpc/context'
import { defaultChainId } from '@/lib/rpc/defaultChainId'

/** What an origin sees of the wallet: its chain as a hex quantity, and the account that it is connected to, if any. */
export type SiteView = { readonly chainId: `0x${string}`; readonly accounts: readonly string[] }

/** Reads the {@link SiteView} of an origin. */
export async function siteView(context: RpcContext, origin: string): Promise<SiteView> {
  const connection = await connections.get(context.database, origin)
  return {
    chainId: numberToHex(connection?.chainId ?? (await defaultChainId(context))),
    accounts: connection === undefined ? [] : [connection.account],
  }
}
