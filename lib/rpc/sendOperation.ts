import { BaseError } from '@/lib/errors/BaseError'
import { isUnsettled, type OperationRow } from '@/lib/operation/row'
import { getNetwork } from '@/lib/chains/networks'
import { look } from '@/lib/operation/settle'
import { submitOperation } from '@/lib/operation/submitOperation'
import type { RpcContext } from '@/lib/rpc/context'

/**
 * Hands a signed operation to the bundler and starts to watch it. Silence of the bundler is no failure: the operation is in the
 * journal, is sent again, and its fate is known at its deadline at the latest.
 *
 * @returns The row as it stands then.
 * @throws {BundlerRefusedError} The bundler refused it. Its limits stay reserved until its deadline shows that it is dead.
 */
export async function sendOperation(context: RpcContext, row: OperationRow): Promise<OperationRow> {
  if (row.status !== 'signed') return row
  const { row: sent, submission } = await submitOperation(context, row)
  if (submission.outcome !== 'rejected') return sent
  // An earlier life of the worker may have sent it, and it is in a block: then the refusal (AA25) says nothing.
  const network = await getNetwork(context.database, row.chainId)
  const settled = await look(context, network, sent, true)
  if (settled === null || isUnsettled(settled) || settled.status === 'void')
    throw new BundlerRefusedError(submission.message)
  return settled
}

/**
 * The bundler refused a signed operation. Always -32003: on -32000 and -32602, which bundlers use too, client libraries send a request
 * a second time by another method.
 */
export class BundlerRefusedError extends BaseError {
  override readonly name = 'Rpc.BundlerRefusedError'
  constructor(reason: string) {
    super(`The bundler refused the transaction: ${reason}`, { code: -32003 })
  }
}
