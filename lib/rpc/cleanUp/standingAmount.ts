import { erc20Abi, parseAbi, type Address } from 'viem'
import { contractAnswer } from '@/lib/assets/contractAnswer'
import type { Network } from '@/lib/chains/network'
import { publicClient } from '@/lib/chains/publicClient'
import { permit2, type ApprovalPlace } from '@/lib/policy/approvalMade'

const collectionAbi = parseAbi([
  'function isApprovedForAll(address owner, address operator) view returns (bool)',
])
const permit2Abi = parseAbi([
  'function allowance(address owner, address token, address spender) view returns (uint160 amount, uint48 expiration, uint48 nonce)',
])

/**
 * What an approval lets be taken now, in the token's smallest unit; of a collection, 1 for all of it.
 *
 * @param now - Unix seconds, chain time.
 * @returns 0 when it does not stand any more, or the contract tells none.
 * @throws {UnreachableError} The node does not answer.
 */
export async function standingAmount(
  network: Network,
  account: Address,
  { kind, token, spender }: ApprovalPlace,
  now: number,
): Promise<bigint> {
  const client = publicClient(network)
  if (kind === 'token') {
    const contract = { address: token, abi: erc20Abi } as const
    const reading = client.readContract({ ...contract, functionName: 'allowance', args: [account, spender] })
    return (await contractAnswer(network, reading)) ?? 0n
  }
  if (kind === 'collection') {
    const contract = { address: token, abi: collectionAbi, functionName: 'isApprovedForAll' } as const
    const reading = client.readContract({ ...contract, args: [account, spender] })
    return (await contractAnswer(network, reading)) === true ? 1n : 0n
  }
  const contract = { address: permit2, abi: permit2Abi, functionName: 'allowance' } as const
  const reading = client.readContract({ ...contract, args: [account, token, spender] })
  const [amount, expiration] = (await contractAnswer(network, reading)) ?? [0n, 0]
  return expiration < now ? 0n : amount
}
