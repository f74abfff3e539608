import { createClient, http, type Client, type HttpTransport, type PublicActions } from 'viem'
import {
  call,
  estimateMaxPriorityFeePerGas,
  getBalance,
  getBlock,
  getBlockNumber,
  getChainId,
  getCode,
  getContractEvents,
  getTransactionReceipt,
  readContract,
} from 'viem/actions'
import type { Network } from '@/lib/chains/network'

/** What the wallet asks nodes. viem's own public client would bring every action there is into the worker. */
type Actions = Pick<
  PublicActions<HttpTransport>,
  | 'call'
  | 'estimateMaxPriorityFeePerGas'
  | 'getBalance'
  | 'getBlock'
  | 'getBlockNumber'
  | 'getChainId'
  | 'getCode'
  | 'getContractEvents'
  | 'getTransactionReceipt'
  | 'readContract'
>

/** Client of a node. */
export type NodeClient = Client<HttpTransport> & Actions

/** How a client asks; see {@link createNodeClient}. */
type NodeClientOptions = Pick<Parameters<typeof createClient>[0], 'batch'>

/** Makes a client without a response cache, so that what it says is what the node said now. */
export function createNodeClient(rpcUrl: string, options: NodeClientOptions = {}): NodeClient {
  return createClient({
    ...options,
    transport: http(rpcUrl, {
      batch: false,
      timeout: 10_000,
      retryCount: 1,
      fetchOptions: { credentials: 'omit', redirect: 'error' },
    }),
    cacheTime: 0,
  }).extend(actions)
}

function actions(client: Client<HttpTransport>): Actions {
  return {
    call: (parameters) => call(client, parameters),
    estimateMaxPriorityFeePerGas: (parameters) => estimateMaxPriorityFeePerGas(client, parameters),
    getBalance: (parameters) => getBalance(client, parameters),
    getBlock: (parameters) => getBlock(client, parameters),
    getBlockNumber: (parameters) => getBlockNumber(client, parameters),
    getChainId: () => getChainId(client),
    getCode: (parameters) => getCode(client, parameters),
    getContractEvents: (parameters) => getContractEvents(client, parameters),
    getTransactionReceipt: (parameters) => getTransactionReceipt(client, parameters),
    readContract: (parameters) => readContract(client, parameters),
  }
}

const clients = new Map<string, NodeClient>()

/**
 * Client of a network's node. One per URL for the life of the worker; requests are not batched.
 *
 * @param network - Only `rpcUrl` counts.
 */
export function publicClient({ rpcUrl }: Pick<Network, 'rpcUrl'>): NodeClient {
  const client = clients.get(rpcUrl) ?? createNodeClient(rpcUrl)
  clients.set(rpcUrl, client)
  return client
}
