import { serializeErc6492Signature, type Address, type Hex } from 'viem'

/**
 * Wraps the signature of an account that has no code yet, so that whoever checks it can deploy the account first.
 *
 * @see https://eips.ethereum.org/EIPS/eip-6492
 */
export function wrapSignature(
  signature: Hex,
  { factory, factoryData }: { readonly factory: Address; readonly factoryData: Hex },
): Hex {
  return serializeErc6492Signature({ address: factory, data: factoryData, signature })
}
