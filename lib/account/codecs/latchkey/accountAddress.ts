import {
  encodeAbiParameters,
  encodeFunctionData,
  getCreate2Address,
  keccak256,
  parseAbiParameters,
  stringToHex,
  type Address,
  type Hex,
} from 'viem'
import type { AccountOrigin } from '@/lib/account/codecs/AccountCodec'
import { aaFactoryAbi } from '@/lib/chains/abi/aaFactory.gen'

const saltParameters = parseAbiParameters('bytes32, bytes32, bytes32, bytes32, uint256')

/**
 * Address of an account, deployed or not (`contracts/README.md`, "Address").
 *
 * @param proxyInitCodeHash - Hash of the account proxy's init code, 32 bytes.
 */
export function accountAddress(
  factory: Address,
  proxyInitCodeHash: Hex,
  { passkey, index }: Omit<AccountOrigin, 'deployment'>,
): Address {
  const { x, y, credentialId, origin } = passkey
  const salt = keccak256(
    encodeAbiParameters(saltParameters, [
      x,
      y,
      keccak256(credentialId),
      keccak256(stringToHex(origin)),
      index,
    ]),
  )
  return getCreate2Address({ from: factory, salt, bytecodeHash: proxyInitCodeHash })
}

/** Calldata by which the factory deploys an account inside its first operation. */
export function deployAccountData({ passkey, index }: Omit<AccountOrigin, 'deployment'>): Hex {
  const { x, y, credentialId, origin } = passkey
  return encodeFunctionData({
    abi: aaFactoryAbi,
    functionName: 'deployAccount',
    args: [x, y, index, credentialId, origin],
  })
}
