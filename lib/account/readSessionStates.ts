import type { Address, Hex } from 'viem'
import { codecFor } from '@/lib/account/codecs/codec'
import { SessionStateError, type ChainSession } from '@/lib/account/codecs/chainSession'
import type { Network } from '@/lib/chains/network'
import { createNodeClient, type NodeClient } from '@/lib/chains/publicClient'
import { UnreachableError } from '@/lib/chains/UnreachableError'
import type { SessionSpec } from '@/lib/policy/spec'

/**
 * Reads what the chain says of sessions of one account: status and usage, in one request and of one block unless their specs are
 * very large; in two where the block's time must be known to tell the periods. Those that ended all together (a new epoch of the
 * account: recovery, `endSessions`) are `closed`.
 *
 * @returns In the order of `specs`.
 * @throws {UnreachableError} The node does not answer.
 * @throws {SessionStateError} It answers something that does not fit a spec.
 */
export async function readSessionStates(
  network: Network,
  account: Address,
  specs: readonly SessionSpec[],
): Promise<ChainSession[]> {
  const codec = codecFor(network.deployment.kind)
  const client = batchingClient(network)
  const block = codec.stateNamesPeriods ? null : await newestBlock(network, client)
  const at = block === null ? {} : { blockNumber: block.number }
  return Promise.all(
    specs.map(async (spec) => {
      const request = codec.sessionStateCall(network.deployment, account, spec)
      const result = await answer(network, client, { ...request, ...at })
      // A chain without the session module answers nothing.
      if (result === undefined) throw new SessionStateError()
      return codec.decodeSessionState(spec, result, Number(block?.timestamp ?? 0n))
    }),
  )
}

async function newestBlock(network: Network, client: NodeClient) {
  try {
    return await client.getBlock()
  } catch (cause) {
    throw new UnreachableError('node', network.name, network.rpcUrl, cause)
  }
}

type StateRequest = { readonly to: Address; readonly data: Hex; readonly blockNumber?: bigint }

async function answer(network: Network, client: NodeClient, request: StateRequest) {
  try {
    return (await client.call(request)).data
  } catch (cause) {
    throw new UnreachableError('node', network.name, network.rpcUrl, cause)
  }
}

/** Calldata of one request, in bytes: nodes run the whole as a contract's creation, whose code may have 49,152. */
const batchSize = 16_384

const clients = new Map<string, NodeClient>()

/** Gathers the calls of one moment into one, by a contract that exists for that call alone: no chain needs to have it. */
function batchingClient({ rpcUrl }: Network): NodeClient {
  const batch = { multicall: { batchSize, deployless: true, wait: 0 } }
  const client = clients.get(rpcUrl) ?? createNodeClient(rpcUrl, { batch })
  clients.set(rpcUrl, client)
  return client
}
