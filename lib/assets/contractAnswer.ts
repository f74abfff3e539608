import { ContractFunctionExecutionError, HttpRequestError, TimeoutError } from 'viem'
import type { Network } from '@/lib/chains/network'
import { UnreachableError } from '@/lib/chains/UnreachableError'

/**
 * What a contract answers to a read.
 *
 * @returns `null` when there is no such contract, or it has no such function.
 * @throws {UnreachableError} The node does not answer.
 */
export async function contractAnswer<answer>(
  network: Network,
  reading: Promise<answer>,
): Promise<answer | null> {
  try {
    return await reading
  } catch (cause) {
    const isContract = cause instanceof ContractFunctionExecutionError
    const isNetwork =
      isContract && cause.walk((e) => e instanceof HttpRequestError || e instanceof TimeoutError) !== null
    if (isContract && !isNetwork) return null
    throw new UnreachableError('node', network.name, network.rpcUrl, cause)
  }
}
