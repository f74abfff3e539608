import type { RpcContext } from '@/lib/rpc/context'
import { DuplicateCallsIdError } from '@/lib/rpc/errors'
import { operationOf } from '@/lib/rpc/operationOf'

/**
 * Does work under the name that a site gave its calls. The name is bound to the request that brought it, so that the same request
 * may come again and no other can use the name; when the work fails, the journal alone says whether the name was used.
 *
 * @throws {DuplicateCallsIdError} 5720: another request used it.
 */
export async function claimCallsId<result>(
  context: RpcContext,
  { callsId, requestId }: { callsId: string; requestId: string },
  work: () => Promise<result>,
): Promise<result> {
  const key = `calls:${callsId}`
  // Two requests in the same moment must not both find the name free.
  await context.locks.request('latchkey:calls-id', async () => {
    const holder = await context.memory.get(key)
    if (holder === requestId) return
    if (holder !== undefined || (await operationOf(context, callsId)) !== undefined)
      throw new DuplicateCallsIdError()
    await context.memory.set(key, requestId)
  })
  try {
    return await work()
  } catch (error) {
    await context.memory.remove([key])
    throw error
  }
}
