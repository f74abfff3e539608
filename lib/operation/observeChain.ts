import type { PublicClient } from 'viem'
import type { OperationReceipt } from '@/lib/bundler/receipt'
import { entryPointAbi } from '@/lib/chains/abi/entryPoint.gen'
import type { Network } from '@/lib/chains/network'
import { publicClient } from '@/lib/chains/publicClient'
import { UnreachableError } from '@/lib/chains/UnreachableError'
import type { Observation } from '@/lib/operation/observation'
import type { OperationRow } from '@/lib/operation/row'

/** Blocks of one log query; many nodes refuse more. */
const blocksPerQuery = 2000n

/**
 * Asks the chain itself what became of an operation. Void only if its nonce was used by another in a final block, or if the latest
 * block is past its deadline and does not have it.
 *
 * @throws {UnreachableError} The node does not answer.
 */
export async function observeChain(network: Network, row: OperationRow): Promise<Observation> {
  const client = publicClient(network)
  try {
    const latest = await client.getBlock({ blockTag: 'latest' })
    const used = (await nonceAt(client, network, row, latest.number)) > row.nonce
    if (used) {
      const found = await findReceipt(client, network, row, latest.number)
      if (found !== null) return { state: 'included', receipt: found }
    }
    // A node's logs may lag behind its state, so a nonce that was used by somebody gets a minute more.
    if (Number(latest.timestamp) > row.deadline + (used ? 60 : 0))
      return { state: 'void', reason: 'Its deadline passed before any block took it.' }
    if (used && (await isUsedFinally(client, network, row)))
      return { state: 'void', reason: 'Its place was used by another transaction of this account.' }
    return { state: 'open' }
  } catch (cause) {
    throw new UnreachableError('node', network.name, network.rpcUrl, cause)
  }
}

function nonceAt(
  client: PublicClient,
  network: Network,
  row: OperationRow,
  blockNumber: bigint,
): Promise<bigint> {
  return client.readContract({
    address: network.deployment.entryPoint,
    abi: entryPointAbi,
    functionName: 'getNonce',
    args: [row.account, row.nonceKey],
    blockNumber,
  })
}

async function isUsedFinally(client: PublicClient, network: Network, row: OperationRow): Promise<boolean> {
  const final = await client.getBlock({ blockTag: 'finalized' })
  if (final.number <= row.fromBlock) return false
  return (await nonceAt(client, network, row, final.number)) > row.nonce
}

async function findReceipt(
  client: PublicClient,
  network: Network,
  row: OperationRow,
  latest: bigint,
): Promise<OperationReceipt | null> {
  for (let fromBlock = row.fromBlock; fromBlock <= latest; fromBlock += blocksPerQuery) {
    const end = fromBlock + blocksPerQuery - 1n
    const [log] = await client.getContractEvents({
      address: network.deployment.entryPoint,
      abi: entryPointAbi,
      eventName: 'UserOperationEvent',
      args: { userOpHash: row.userOpHash },
      fromBlock,
      toBlock: end < latest ? end : latest,
      strict: true,
    })
    if (log === undefined) continue
    const { success, actualGasUsed, actualGasCost } = log.args
    return {
      userOpHash: row.userOpHash,
      transactionHash: log.transactionHash,
      blockNumber: log.blockNumber,
      success,
      gasUsed: actualGasUsed,
      cost: actualGasCost,
    }
  }
  return null
}
