import {
  BaseError as ViemError,
  decodeErrorResult,
  encodeFunctionData,
  concat,
  parseAbi,
  type Hex,
} from 'viem'
import type { Address } from 'viem'
import { codecFor } from '@/lib/account/codecs/codec'
import type { OwnedPasskey } from '@/lib/account/codecs/AccountCodec'
import type { Network } from '@/lib/chains/network'
import { publicClient } from '@/lib/chains/publicClient'
import { UnreachableError } from '@/lib/chains/UnreachableError'

const entryPointAbi = parseAbi([
  'function getSenderAddress(bytes initCode)',
  'error SenderAddressResult(address sender)',
])

/**
 * Address of an account that a network's contracts would deploy: computed, or where that is not possible, as EntryPoint finds it by
 * trying. The node's word has to be taken then.
 *
 * @throws {UnreachableError} The node does not answer, or with something else than an address.
 * @see https://eips.ethereum.org/EIPS/eip-4337
 */
export async function readAccountAddress(
  network: Network,
  { passkey, index }: { readonly passkey: OwnedPasskey; readonly index: bigint },
): Promise<Address> {
  const { deployment } = network
  const codec = codecFor(deployment.kind)
  const origin = { deployment, passkey, index }
  const computed = codec.accountAddress(origin)
  if (computed !== null) return computed
  const { factory, factoryData } = codec.initCode(origin)
  const args = [concat([factory, factoryData])] as const
  const data = encodeFunctionData({ abi: entryPointAbi, functionName: 'getSenderAddress', args })
  try {
    await publicClient(network).call({ to: deployment.entryPoint, data })
  } catch (error) {
    const answer = revertData(error)
    if (answer === null) throw new UnreachableError('node', network.name, network.rpcUrl, error)
    return senderOf(network, answer)
  }
  throw new UnreachableError('node', network.name, network.rpcUrl, 'EntryPoint names no address.')
}

function senderOf(network: Network, data: Hex): Address {
  try {
    return decodeErrorResult({ abi: entryPointAbi, data }).args[0]
  } catch (cause) {
    throw new UnreachableError('node', network.name, network.rpcUrl, cause)
  }
}

function revertData(error: unknown): Hex | null {
  if (!(error instanceof ViemError)) return null
  const found = error.walk((cause) => typeof (cause as { data?: unknown }).data === 'string')
  return (found as { data?: Hex } | null)?.data ?? null
}
