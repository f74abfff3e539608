import { operations, type OperationRow } from '@/lib/operation/row'
import type { RpcContext } from '@/lib/rpc/context'

/** The operation that carries out a site's calls, by their name. One that was given up unsigned never was. */
export async function operationOf(context: RpcContext, callsId: string): Promise<OperationRow | undefined> {
  const rows = await operations.index(context.database, 'byCallsId', callsId)
  const real = rows.filter((row) => row.status !== 'void' || row.userOp.signature !== '0x')
  return real.sort((a, b) => b.createdAt - a.createdAt)[0]
}
