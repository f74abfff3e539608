import type { Address } from 'viem'
import { isUnderWay, operations, unsettledStatuses, type OperationRow } from '@/lib/operation/row'
import { readTogether, type Source } from '@/lib/storage/transact'

/** All operations whose fate is open, oldest first. */
export function unsettled(source: Source): Promise<OperationRow[]> {
  return readTogether(source, ['operations'], async (transaction) => {
    const byStatus = await Promise.all(
      unsettledStatuses.map((status) => operations.index(transaction, 'byStatus', status)),
    )
    return byStatus.flat().sort((a, b) => a.createdAt - b.createdAt)
  })
}

/** Those of one account on one chain. */
export async function unsettledOf(
  source: Source,
  account: Address,
  chainId: number,
): Promise<OperationRow[]> {
  const id = account.toLowerCase()
  return (await unsettled(source)).filter((row) => row.account === id && row.chainId === chainId)
}

/**
 * Whether an operation whose fate is open has this lane's nonce. The journal alone decides: what a worker holds in memory, another
 * one does not see.
 *
 * @param open - From `unsettled`, in the transaction that then takes the nonce.
 * @param lane - With the number of lanes that its signer has: the only one is free for the next once nobody waits for the operation
 * in it. Both have its nonce then, so that only one of them can be included.
 */
export function isLaneTaken(
  open: readonly OperationRow[],
  {
    account,
    chainId,
    nonceKey,
    lanes,
  }: Pick<OperationRow, 'account' | 'chainId' | 'nonceKey'> & { readonly lanes: number },
): boolean {
  const id = account.toLowerCase()
  return open.some(
    (row) =>
      row.account === id &&
      row.chainId === chainId &&
      row.nonceKey === nonceKey &&
      (lanes > 1 || isUnderWay(row)),
  )
}
