import { bytesToHex, type Hex } from 'viem'
import { BaseError } from '@/lib/errors/BaseError'
import { isSameDocument, type Caller } from '@/lib/rpc/caller'
import type { RpcContext } from '@/lib/rpc/context'
import { NodeError, readChain } from '@/lib/rpc/readChain'

const prefix = 'filter:'
/** Filters of one site; a further one takes the place of the oldest. */
const mostOfOrigin = 32
const mostOfAll = 256

/** A filter at a chain's node, and the document that it is for. */
type Filter = {
  readonly caller: Caller
  readonly chainId: number
  readonly nodeId: unknown
  readonly at: number
}

type FilterContext = Pick<RpcContext, 'database' | 'memory' | 'now'>

/**
 * Makes a filter at the chain's node. The page gets a name of the wallet's own for it: a node's names can be guessed, and filters of
 * all sites are at the same node.
 */
export async function addFilter(
  context: FilterContext,
  { caller, chainId, method, params }: { caller: Caller; chainId: number; method: string; params: unknown[] },
): Promise<Hex> {
  const nodeId = await readChain(context, chainId, method, params)
  const id = bytesToHex(crypto.getRandomValues(new Uint8Array(16)))
  await context.memory.set(prefix + id, { caller, chainId, nodeId, at: context.now() } satisfies Filter)
  await dropOldest(context, caller.origin)
  return id
}

/**
 * Asks a filter's node about it.
 *
 * @throws {FilterNotFoundError} -32000: no filter of this document has the name, or the node forgot it. Make a new one.
 */
export async function askFilter(
  context: FilterContext,
  { caller, id, method }: { caller: Caller; id: string; method: string },
): Promise<unknown> {
  const filter = (await context.memory.get(prefix + id)) as Filter | undefined
  if (filter === undefined || !isSameDocument(filter.caller, caller)) throw new FilterNotFoundError()
  if (method === 'eth_uninstallFilter') await context.memory.remove([prefix + id])
  try {
    return await readChain(context, filter.chainId, method, [filter.nodeId])
  } catch (error) {
    if (!(error instanceof NodeError)) throw error
    await context.memory.remove([prefix + id])
    throw new FilterNotFoundError()
  }
}

/** Forgets every filter of a site. The node forgets them by itself when nobody asks. */
export async function dropFilters(context: Pick<RpcContext, 'memory'>, origin: string): Promise<void> {
  const own = (await listFilters(context)).filter(([, filter]) => filter.caller.origin === origin)
  await context.memory.remove(own.map(([key]) => key))
}

async function dropOldest(context: FilterContext, origin: string): Promise<void> {
  const all = (await listFilters(context)).sort(([, a], [, b]) => b.at - a.at)
  const own = all.filter(([, filter]) => filter.caller.origin === origin)
  const surplus = new Set([...own.slice(mostOfOrigin), ...all.slice(mostOfAll)].map(([key]) => key))
  if (surplus.size > 0) await context.memory.remove([...surplus])
}

async function listFilters({ memory }: Pick<RpcContext, 'memory'>): Promise<[key: string, filter: Filter][]> {
  const keys = (await memory.keys()).filter((key) => key.startsWith(prefix))
  const filters = await Promise.all(keys.map(async (key) => [key, await memory.get(key)] as const))
  return filters.filter((entry): entry is [string, Filter] => entry[1] !== undefined)
}

/** EIP-1474 -32000, as nodes answer it: client libraries make a new filter then. */
export class FilterNotFoundError extends BaseError {
  override readonly name = 'Rpc.FilterNotFoundError'
  constructor() {
    super('filter not found', { code: -32000 })
  }
}
