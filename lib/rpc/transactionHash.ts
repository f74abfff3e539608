import type { Hex } from 'viem'
import { BaseError } from '@/lib/errors/BaseError'
import type { OperationRow } from '@/lib/operation/row'
import { settle } from '@/lib/operation/settle'
import type { RpcContext } from '@/lib/rpc/context'

/**
 * Waits until an operation is in a block.
 *
 * @returns The hash of the transaction that included it.
 * @throws {RevertedError} Code 3: it was included, its calls reverted. The bundle's own receipt would say "success".
 * @throws {NeverIncludedError} -32003: it can never be included.
 * @throws {OverdueError} -32003: only a reorganisation of the chain could still include it.
 */
export async function transactionHash(context: RpcContext, { id }: OperationRow): Promise<Hex> {
  const row = await settle(context, id)
  if (row.overdue === true) throw new OverdueError(row)
  if (row.status === 'failed') throw new RevertedError(row)
  if (row.transactionHash === undefined || row.status === 'void') throw new NeverIncludedError(row)
  return row.transactionHash
}

/** The operation's calls reverted on chain. `data.transactionHash` is where. */
export class RevertedError extends BaseError {
  override readonly name = 'Rpc.RevertedError'
  constructor({ error, transactionHash: hash }: OperationRow) {
    super(`execution reverted: ${error ?? 'the calls failed on chain'}`, {
      code: 3,
      data: { transactionHash: hash },
    })
  }
}

/** The operation is dead: nothing moved, and nothing will. */
export class NeverIncludedError extends BaseError {
  override readonly name = 'Rpc.NeverIncludedError'
  constructor({ error }: OperationRow) {
    super(
      `The transaction was never included, and cannot be any more: ${error ?? 'it was given up'} Send it again.`,
      {
        code: -32003,
      },
    )
  }
}

/** The newest block shows that the operation is dead, and no final one does yet. */
export class OverdueError extends BaseError {
  override readonly name = 'Rpc.OverdueError'
  constructor({ error }: OperationRow) {
    super(
      `The transaction was not included: ${error ?? 'its deadline passed.'} Until a final block confirms that, its amounts count as used; wallet_getCallsStatus tells when.`,
      { code: -32003 },
    )
  }
}
