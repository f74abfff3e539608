import { decodeEventLog, numberToHex, parseAbi, toEventSelector, type Address, type Hex } from 'viem'
import type { Network } from '@/lib/chains/network'
import { publicClient } from '@/lib/chains/publicClient'
import { UnreachableError } from '@/lib/chains/UnreachableError'
import { permit2, type ApprovalPlace } from '@/lib/policy/approvalMade'

/** Blocks that one request asks for, and requests that are made at most: nodes refuse more, and the owner waits. */
const blocksAtOnce = 2_000n
const mostRequests = 50n

const events = parseAbi([
  'event Approval(address indexed owner, address indexed spender, uint256 value)',
  'event ApprovalForAll(address indexed owner, address indexed operator, bool approved)',
])
const permit2Events = parseAbi([
  'event Approval(address indexed owner, address indexed token, address indexed spender, uint160 amount, uint48 expiration)',
])
const topics = [...events, ...permit2Events].map(toEventSelector)

/** What logs say was approved, each with the transaction that did it. */
export type LoggedApproval = ApprovalPlace & { readonly transactionHash: Hex }

/** What was found in the logs, and whether the time asked for was covered. */
export type ApprovalLogs = { readonly found: readonly LoggedApproval[]; readonly isComplete: boolean }

/**
 * Reads from the logs what an account approved since a block, newest ranges first.
 *
 * @param from - `null` when it is not known: as far back as is read at most.
 * @throws {UnreachableError} The node does not answer, or refuses such ranges.
 */
export async function approvalLogs(
  network: Network,
  account: Address,
  from: bigint | null,
): Promise<ApprovalLogs> {
  const client = publicClient(network)
  try {
    const latest = await client.getBlockNumber({ cacheTime: 0 })
    const furthest =
      latest + 1n > blocksAtOnce * mostRequests ? latest + 1n - blocksAtOnce * mostRequests : 0n
    const first = from === null || from < furthest ? furthest : from
    const found: LoggedApproval[] = []
    for (let end = latest; end >= first; end -= blocksAtOnce) {
      const start = end - blocksAtOnce + 1n > first ? end - blocksAtOnce + 1n : first
      const logs = await client.request({
        method: 'eth_getLogs',
        params: [
          {
            fromBlock: numberToHex(start),
            toBlock: numberToHex(end),
            topics: [topics, `0x${account.slice(2).toLowerCase().padStart(64, '0')}`],
          },
        ],
      })
      for (const log of logs) {
        const place = placeOf(log)
        if (place !== null && log.transactionHash !== null)
          found.push({ ...place, transactionHash: log.transactionHash })
      }
    }
    return { found, isComplete: from !== null ? from >= furthest : furthest === 0n }
  } catch (cause) {
    throw new UnreachableError('node', network.name, network.rpcUrl, cause)
  }
}

type Log = { readonly address: Address; readonly topics: readonly Hex[]; readonly data: Hex }

/** `null` for what only looks like it: an ERC-721's approval of a single collectible, say. */
function placeOf({ address, topics: words, data }: Log): ApprovalPlace | null {
  const log = { topics: words as [Hex, ...Hex[]], data }
  try {
    if (address.toLowerCase() === permit2) {
      const { args } = decodeEventLog({ abi: permit2Events, ...log })
      return { kind: 'permit2', token: lower(args.token), spender: lower(args.spender) }
    }
    if (words.length !== 3) return null
    const { eventName, args } = decodeEventLog({ abi: events, ...log })
    return eventName === 'Approval'
      ? { kind: 'token', token: lower(address), spender: lower(args.spender) }
      : { kind: 'collection', token: lower(address), spender: lower(args.operator) }
  } catch (error) {
    if (error instanceof Error && error.name.startsWith('Decode')) return null
    throw error
  }
}

const lower = (address: Address) => address.toLowerCase() as Address
