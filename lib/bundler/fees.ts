import { publicClient } from '@/lib/chains/publicClient'
import type { Network } from '@/lib/chains/network'
import { UnreachableError } from '@/lib/chains/UnreachableError'
import { bundlerOf } from '@/lib/bundler/requestServer'
import { parseAnswer } from '@/lib/bundler/parseAnswer'
import { requestIfOffered } from '@/lib/bundler/requestIfOffered'

/** Price of an operation, in wei per gas. */
export type Fees = { readonly maxFeePerGas: bigint; readonly maxPriorityFeePerGas: bigint }

/**
 * Current price: the bundler's own where it offers one (Pimlico's `standard`), else from the node, twice the base fee plus the
 * suggested tip.
 *
 * @throws {UnreachableError} Neither bundler nor node gave a usable answer.
 */
export async function fees(network: Network): Promise<Fees> {
  const server = bundlerOf(network)
  const offered = await requestIfOffered(server, 'pimlico_getUserOperationGasPrice', [])
  if (offered !== null) {
    const standard = parseAnswer(server, offered).inner('standard')
    return {
      maxFeePerGas: standard.quantity('maxFeePerGas'),
      maxPriorityFeePerGas: standard.quantity('maxPriorityFeePerGas'),
    }
  }
  try {
    const client = publicClient(network)
    const [block, tip] = await Promise.all([client.getBlock(), client.estimateMaxPriorityFeePerGas()])
    return { maxFeePerGas: (block.baseFeePerGas ?? 0n) * 2n + tip, maxPriorityFeePerGas: tip }
  } catch (cause) {
    throw new UnreachableError('node', network.name, network.rpcUrl, cause)
  }
}
