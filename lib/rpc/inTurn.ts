import type { RpcContext } from '@/lib/rpc/context'

/** The owner's clicks on one approval, one after the other: two pages may show it. A rejection need not wait for its turn. */
export function inTurn<result>(
  context: RpcContext,
  approvalId: string,
  run: () => Promise<result>,
): Promise<result> {
  return context.locks.request(`latchkey:approval:${approvalId}`, run)
}
