import type { RpcContext } from '@/lib/rpc/context'
import { DuplicateCallsIdError } from '@/lib/rpc/errors'
import { operationOf } from '@/lib/rpc/operationOf'

/**
 * Binds the name of calls to the request that brought it, so that the same request may come again and no other can use the name.
 *
 * @throws {DuplicateCallsIdError} 5720: another request used it.
 */
export async function claimCallsId(context: RpcContext, callsId: string, requestId: string): Promise<void> {
  const key = `calls:${callsId}`
  const holder = await context.memory.get(key)
  if (holder === requestId) return
  if (holder !== undefined || (await operationOf(context, callsId)) !== undefined)
    throw new DuplicateCallsIdError()
  await context.memory.set(key, requestId)
}
