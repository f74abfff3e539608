import type { Hex } from 'viem'
import type { Connection } from '@/lib/connection/connections'
import { operations } from '@/lib/operation/row'
import type { RpcContext } from '@/lib/rpc/context'
import { readChain } from '@/lib/rpc/readChain'

const byHash = new Set(['eth_getTransactionReceipt', 'eth_getTransactionByHash'])

/**
 * Passes a read of a site on to the node of its chain. Asked for a transaction that the site was told of and that a reorganisation took
 * away, it answers with the one that included the operation instead.
 *
 * @throws {NodeError | UnreachableError} As `readChain`.
 */
export async function readForSite(
  context: Pick<RpcContext, 'database'>,
  connection: Connection | undefined,
  method: string,
  params: unknown,
): Promise<unknown> {
  const answer = await readChain(context, connection?.chainId, method, params)
  if (answer !== null || connection === undefined || !byHash.has(method)) return answer
  const [hash] = Array.isArray(params) ? (params as unknown[]) : []
  const successor = typeof hash === 'string' ? await successorOf(context, connection, hash) : undefined
  return successor === undefined ? null : readChain(context, connection.chainId, method, [successor])
}

async function successorOf(
  { database }: Pick<RpcContext, 'database'>,
  { origin, account, chainId }: Connection,
  hash: string,
): Promise<Hex | undefined> {
  const rows = await operations.index(database, 'byAccountChain', [account.toLowerCase(), chainId])
  const replaced = rows.find(
    (row) => row.origin === origin && row.formerHashes?.some((former) => former === hash.toLowerCase()),
  )
  return replaced?.transactionHash
}
