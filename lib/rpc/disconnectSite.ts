import { connections } from '@/lib/connection/connections'
import type { RpcContext } from '@/lib/rpc/context'
import { endApproval } from '@/lib/rpc/endApproval'
import { dropFilters } from '@/lib/rpc/filters'

/** Requests that need the connection. A revocation is in the owner's interest, and an unlock may serve other sites too. */
const ending = new Set(['transaction', 'session', 'switch', 'message', 'typed-data', 'token'])

/**
 * Ends a site's access at once, and with it what it asks of the owner. Its sessions stay as they are: without a connection none of
 * them signs.
 */
export async function disconnectSite(context: RpcContext, origin: string): Promise<void> {
  const connection = await connections.get(context.database, origin)
  if (connection === undefined) return
  await connections.delete(context.database, origin)
  await dropFilters(context, origin)
  for (const { id, request, operationId, ...approval } of context.approvals.open())
    if (approval.origin === origin && operationId === undefined && ending.has(request.kind))
      void endApproval(context, id, { kind: 'rejected' })
  context.emit(origin, 'accountsChanged', [])
  context.changed()
}
