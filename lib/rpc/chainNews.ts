import { numberToHex, type Hex } from 'viem'
import type { RpcContext } from '@/lib/rpc/context'
import { readChain } from '@/lib/rpc/readChain'

/** What a subscription is for. `criteria`: address and topics, as for `eth_getLogs`. */
export type SubscriptionWanted =
  | { readonly kind: 'newHeads' }
  | { readonly kind: 'logs'; readonly criteria: Readonly<Record<string, unknown>> }

/** The newest block that was seen. */
export type Head = { readonly number: Hex; readonly hash: Hex }

type Listener = { readonly id: Hex; readonly wanted: SubscriptionWanted }
type Block = Head & Readonly<Record<string, unknown>>

/** Blocks that are told of after a pause; what was before them, a page asks for itself. */
const mostBlocks = 16n
/** Logs that one listener is told of at a time. */
const mostLogs = 1000

/**
 * Reads what happened on a chain since a head: new blocks and the logs in them. After a reorganisation the blocks from the fork on
 * are not all told again, only the newest one; logs that went are not taken back.
 *
 * @param since - `null` at the first look, which tells nothing.
 * @throws {UnreachableError | NodeError} The node does not answer.
 */
export async function chainNews(
  context: Pick<RpcContext, 'database'>,
  chainId: number,
  since: Head | null,
  listeners: readonly Listener[],
): Promise<{ head: Head; news: { id: Hex; result: unknown }[] }> {
  const blockAt = (block: Hex | 'latest') =>
    readChain(context, chainId, 'eth_getBlockByNumber', [block, false]) as Promise<Block>
  const latest = await blockAt('latest')
  const head = { number: latest.number, hash: latest.hash }
  if (since === null || since.hash === head.hash) return { head, news: [] }
  const to = BigInt(head.number)
  const next = BigInt(since.number) + 1n
  const earliest = to >= mostBlocks ? to - mostBlocks + 1n : 0n
  const from = next > to ? to : next > earliest ? next : earliest
  const wantHeads = listeners.filter(({ wanted }) => wanted.kind === 'newHeads')
  const news: { id: Hex; result: unknown }[] = []
  for (let number = from; wantHeads.length > 0 && number <= to; number += 1n) {
    const block = number === to ? latest : await blockAt(numberToHex(number))
    for (const { id } of wantHeads) news.push({ id, result: headerOf(block) })
  }
  for (const { id, wanted } of listeners) {
    if (wanted.kind !== 'logs') continue
    const range = { fromBlock: numberToHex(from), toBlock: numberToHex(to) }
    const logs = await readChain(context, chainId, 'eth_getLogs', [{ ...wanted.criteria, ...range }])
    if (Array.isArray(logs)) news.push(...logs.slice(0, mostLogs).map((result: unknown) => ({ id, result })))
  }
  return { head, news }
}

/** A block without what stands in its body. */
function headerOf(block: Block): unknown {
  const body = new Set(['transactions', 'uncles', 'withdrawals', 'size', 'totalDifficulty'])
  return Object.fromEntries(Object.entries(block).filter(([name]) => !body.has(name)))
}
