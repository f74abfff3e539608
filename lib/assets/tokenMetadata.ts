import { erc20Abi, type Address } from 'viem'
import { contractAnswer } from '@/lib/assets/contractAnswer'
import type { Network } from '@/lib/chains/network'
import { publicClient } from '@/lib/chains/publicClient'
import type { Database } from '@/lib/storage/database'
import { putToken, tokenOf, type TokenMetadata } from '@/lib/assets/tokens'

/**
 * Symbol and decimals of an ERC-20, from the database or else from the chain.
 *
 * @returns `null` when the contract does not answer like an ERC-20.
 * @throws {UnreachableError} The node does not answer.
 */
export async function tokenMetadata(
  database: Database,
  network: Network,
  token: Address,
): Promise<TokenMetadata | null> {
  const address = token.toLowerCase() as Address
  const known = await tokenOf(database, network.chainId, address)
  if (known !== null) return known
  const read = await readMetadata(network, address)
  if (read === null) return null
  const metadata = { chainId: network.chainId, address, ...read }
  await putToken(database, metadata)
  return metadata
}

async function readMetadata(network: Network, address: Address) {
  const client = publicClient(network)
  const contract = { address, abi: erc20Abi } as const
  const answer = await contractAnswer(
    network,
    Promise.all([
      client.readContract({ ...contract, functionName: 'symbol' }),
      client.readContract({ ...contract, functionName: 'decimals' }),
    ]),
  )
  if (answer === null) return null
  const [symbol, decimals] = answer
  if (decimals > 77) return null
  // A name may try to look like something else: visible characters only, and few of them.
  return { symbol: symbol.replace(/[^\p{L}\p{N}\p{S}\p{P}]/gu, '').slice(0, 20) || '?', decimals }
}
