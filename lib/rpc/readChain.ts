import { getNetwork } from '@/lib/chains/networks'
import { publicClient } from '@/lib/chains/publicClient'
import { UnreachableError } from '@/lib/chains/UnreachableError'
import { BaseError } from '@/lib/errors/BaseError'
import type { RpcContext } from '@/lib/rpc/context'
import { defaultChainId } from '@/lib/rpc/defaultChainId'
import { InvalidParamsError } from '@/lib/rpc/errors'

/**
 * Passes a read on to the chain's node, as it is.
 *
 * @param chainId - The origin's chain; the default chain for an origin that is not connected.
 * @throws {NodeError} The node refused, with its own code.
 * @throws {UnreachableError} 4901: the node does not answer.
 */
export async function readChain(
  context: RpcContext,
  chainId: number | undefined,
  method: string,
  params: unknown,
): Promise<unknown> {
  if (params !== undefined && !Array.isArray(params))
    throw new InvalidParamsError(`${method}: params must be an array.`)
  const network = await getNetwork(context.database, chainId ?? (await defaultChainId(context)))
  const request = publicClient(network).request as (call: {
    method: string
    params: unknown[]
  }) => Promise<unknown>
  try {
    return await request({ method, params: params ?? [] })
  } catch (error) {
    const node = nodeError(error)
    if (node === null) throw new UnreachableError('node', network.name, network.rpcUrl, error)
    throw node
  }
}

/** The JSON-RPC error that the node answered with, somewhere down the causes; `null` when it did not answer. */
function nodeError(error: unknown): NodeError | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (!(cause.name === 'RpcRequestError')) continue
    const { code, details, data } = cause as Error & { code: number; details: string; data?: unknown }
    return new NodeError(details, code, data)
  }
  return null
}

/** The node's own refusal, with its code and data. */
export class NodeError extends BaseError {
  override readonly name = 'Rpc.NodeError'
  constructor(message: string, code: number, data: unknown) {
    super(message, { code, data })
  }
}
