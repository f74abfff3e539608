import { operations, type OperationRow } from '@/lib/operation/row'
import type { RpcContext } from '@/lib/rpc/context'

/** The operation that carries out a site's calls, by their name; the newest when a first one was given up. */
export async function operationOf(context: RpcContext, callsId: string): Promise<OperationRow | undefined> {
  const rows = await operations.index(context.database, 'byCallsId', callsId)
  return rows.sort((a, b) => b.createdAt - a.createdAt)[0]
}
