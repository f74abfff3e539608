import { connections } from '@/lib/connection/connections'
import type { RpcContext } from '@/lib/rpc/context'

/** Ends a site's access at once. Its sessions stay as they are: without a connection none of them signs. */
export async function disconnectSite(context: RpcContext, origin: string): Promise<void> {
  const connection = await connections.get(context.database, origin)
  if (connection === undefined) return
  await connections.delete(context.database, origin)
  context.emit(origin, 'accountsChanged', [])
  context.changed()
}
