import { getNetwork } from '@/lib/chains/networks'
import { toRpcError } from '@/lib/errors/toRpcError'
import { replace } from '@/lib/operation/replace'
import type { OperationRow } from '@/lib/operation/row'
import { submitOperation } from '@/lib/operation/submitOperation'
import type { RpcContext } from '@/lib/rpc/context'
import { signRaw } from '@/lib/rpc/signRaw'
import { sessions } from '@/lib/session/sessions'
import { sessionKey } from '@/lib/session/vault'

/** An operation that a bundler took this long ago and no block has is stuck, in ms. */
const stuckAfter = 30_000

/**
 * Sends a session's operation again that is stuck as its price is too low by now: signed anew with the same nonce, as long as its key
 * is at hand. An owner's operation would need the owner; it ends at its deadline.
 */
export async function replaceStuck(context: RpcContext, row: OperationRow): Promise<void> {
  if (row.sessionId === null || row.status !== 'sent' || context.now() - row.createdAt < stuckAfter) return
  const session = await sessions.get(context.database, row.sessionId)
  const privateKey = session === undefined ? null : await sessionKey(context, session)
  if (privateKey === null) return
  try {
    const network = await getNetwork(context.database, row.chainId)
    const replaced = await replace(context, { network, row, sign: (hash) => signRaw(hash, privateKey) })
    if (replaced !== null) await submitOperation(context, replaced)
  } catch (error) {
    // Looked at again at the next pass; what was sent stays on its way.
    console.warn(`Latchkey: a stuck operation was not replaced: ${toRpcError(error).message}`)
  }
}
