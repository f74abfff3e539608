import type { OperationReceipt } from '@/lib/bundler/receipt'
import { entryPointAbi } from '@/lib/chains/abi/entryPoint.gen'
import type { Network } from '@/lib/chains/network'
import { publicClient, type NodeClient } from '@/lib/chains/publicClient'
import { UnreachableError } from '@/lib/chains/UnreachableError'
import type { Observation } from '@/lib/operation/observation'
import { readHead } from '@/lib/operation/readHead'
import { expectedUntil, lastDeadlineOf, userOpHashesOf, type OperationRow } from '@/lib/operation/row'

/** Blocks of one log query; many nodes refuse more. */
const blocksPerQuery = 2000n
/** Seconds that a node's logs may lag behind its state. */
const logLag = 60

/** Who used a nonce: this operation, or another in `blockNumber`. */
type Use =
  | { readonly by: 'own'; readonly receipt: OperationReceipt }
  | { readonly by: 'other'; readonly blockNumber: bigint }

/**
 * Asks the chain itself what became of an operation. Void only when a final block shows its nonce used by another, or its deadline
 * passed without it; when the newest block shows that, it is `overdue`. So is one without a deadline that nobody waits for any more.
 *
 * @throws {UnreachableError} The node does not answer.
 */
export async function observeChain(network: Network, row: OperationRow): Promise<Observation> {
  const latest = await readHead(network, 'latest')
  const { use, isUsed } = await useOf(network, row, latest.number)
  if (use?.by === 'own') return { state: 'included', receipt: use.receipt }
  // A nonce that was used by nobody whom the logs tell of may have been used by this operation.
  const deadline = lastDeadlineOf(row) + (isUsed && use === null ? logLag : 0)
  const shownDead = (head: { number: bigint; timestamp: number }) =>
    use?.by === 'other' && use.blockNumber <= head.number ? used : head.timestamp > deadline ? passed : null
  const reason = shownDead(latest)
  if (reason === null)
    return latest.timestamp > expectedUntil(row) ? { state: 'overdue', reason: late } : { state: 'open' }
  const final = shownDead(await readHead(network, 'finalized'))
  return final === null ? { state: 'overdue', reason } : { state: 'void', reason: final }
}

const used = 'Its place was used by another transaction of this account.'
const passed = 'Its deadline passed before any block took it.'
const late = 'No block took it within five minutes. It may still be included later.'

async function useOf(
  network: Network,
  row: OperationRow,
  latest: bigint,
): Promise<{ use: Use | null; isUsed: boolean }> {
  const client = publicClient(network)
  try {
    const nonce = await client.readContract({
      address: network.deployment.entryPoint,
      abi: entryPointAbi,
      functionName: 'getNonce',
      args: [row.account, row.nonceKey],
      blockNumber: latest,
    })
    const isUsed = nonce > row.nonce
    return { isUsed, use: isUsed ? await findUse(client, network, row, latest) : null }
  } catch (cause) {
    throw new UnreachableError('node', network.name, network.rpcUrl, cause)
  }
}

async function findUse(
  client: NodeClient,
  network: Network,
  row: OperationRow,
  latest: bigint,
): Promise<Use | null> {
  const own = new Set(userOpHashesOf(row))
  for (let fromBlock = row.fromBlock; fromBlock <= latest; fromBlock += blocksPerQuery) {
    const end = fromBlock + blocksPerQuery - 1n
    const logs = await client.getContractEvents({
      address: network.deployment.entryPoint,
      abi: entryPointAbi,
      eventName: 'UserOperationEvent',
      args: { sender: row.account },
      fromBlock,
      toBlock: end < latest ? end : latest,
      strict: true,
    })
    const log = logs.find(({ args }) => args.nonce === row.nonce)
    if (log === undefined) continue
    const { blockNumber, transactionHash } = log
    const { userOpHash, success, actualGasUsed: gasUsed, actualGasCost: cost } = log.args
    return own.has(userOpHash)
      ? { by: 'own', receipt: { userOpHash, transactionHash, blockNumber, success, gasUsed, cost } }
      : { by: 'other', blockNumber }
  }
  return null
}
