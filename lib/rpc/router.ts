import { connections } from '@/lib/connection/connections'
import type { Caller } from '@/lib/rpc/caller'
import type { RpcContext } from '@/lib/rpc/context'
import { UnauthorizedError, UnsupportedMethodError } from '@/lib/rpc/errors'
import { methodTable } from '@/lib/rpc/methodTable'
import { parseParams } from '@/lib/rpc/parseParams'
import { readForSite } from '@/lib/rpc/readForSite'
import { readMethods } from '@/lib/rpc/readMethods'
import type { RequestKind } from '@/lib/rpc/requestKind'
import { withoutFees } from '@/lib/rpc/withoutFees'

/**
 * Answers a page's request: finds the method, parses the params, checks the origin's access, runs the handler.
 *
 * @throws An error with the code of the standard: 4200 unknown method, -32602 malformed params, 4100 not connected.
 */
export async function handleRequest(
  context: RpcContext,
  caller: Caller,
  name: string,
  params: unknown,
): Promise<unknown> {
  const connection = await connections.get(context.database, caller.origin)
  if (readMethods.has(name))
    return readForSite(context, connection, name, withoutFees(name, params, connection?.account))
  const method = methodTable.get(name)
  if (method === undefined) throw new UnsupportedMethodError(name)
  const parsed = parseParams(name, method.params, params)
  if (method.access === 'connected' && connection === undefined) throw new UnauthorizedError()
  if (method.durable && caller.askedAt !== undefined)
    context.approvals.arrived(caller.requestId, caller.askedAt)
  return method.run(context, parsed, caller, connection)
}

/** What answering a request takes. */
export function kindOf(name: string): RequestKind {
  if (readMethods.has(name)) return 'chain'
  return methodTable.get(name)?.durable ? 'ask' : 'own'
}
