import {
  concat,
  encodeAbiParameters,
  encodeFunctionData,
  encodePacked,
  getContractAddress,
  getCreate2Address,
  keccak256,
  numberToHex,
  parseAbiParameters,
  type Address,
  type Hex,
} from 'viem'
import type { AccountOrigin, OwnedPasskey } from '@/lib/account/codecs/AccountCodec'
import { expectZksyncSso } from '@/lib/account/codecs/zksyncSso/expectZksyncSso'
import { zksyncFactoryAbi } from '@/lib/chains/abi/zksyncSso'
import type { ZksyncSsoDeployment } from '@/lib/chains/network'

/**
 * Address of an account: CREATE2 by the factory, whose salt covers who called it (EntryPoint's SenderCreator), and whose init code
 * covers the passkey and the modules.
 *
 * @returns `null` where the proxy's creation code is not known.
 */
export function accountAddress(origin: AccountOrigin): Address | null {
  const deployment = expectZksyncSso(origin.deployment)
  const { factory, beacon, entryPoint, proxyCreationCode } = deployment
  if (proxyCreationCode === undefined) return null
  // EntryPoint's constructor creates the SenderCreator: its first contract.
  const senderCreator = getContractAddress({ from: entryPoint, nonce: 1n })
  const salt = keccak256(encodePacked(['address', 'bytes32'], [senderCreator, saltOf(origin)]))
  const parameters = parseAbiParameters('address beacon, bytes initData')
  const bytecode = concat([
    proxyCreationCode,
    encodeAbiParameters(parameters, [beacon, initData(deployment, origin.passkey)]),
  ])
  return getCreate2Address({ from: factory, salt, bytecode })
}

/** Calldata by which the factory deploys an account inside its first operation. */
export function deployAccountData(origin: AccountOrigin): Hex {
  const deployment = expectZksyncSso(origin.deployment)
  return encodeFunctionData({
    abi: zksyncFactoryAbi,
    functionName: 'deployAccount',
    args: [saltOf(origin), initData(deployment, origin.passkey)],
  })
}

/** The init data names the passkey already, so that the salt tells apart further accounts of one passkey only. */
const saltOf = ({ index }: AccountOrigin): Hex => numberToHex(index, { size: 32 })

function initData(
  { webAuthnValidator, sessionKeyValidator, guardianExecutor }: ZksyncSsoDeployment,
  { credentialId, x, y, origin }: OwnedPasskey,
): Hex {
  const passkey = encodeAbiParameters(
    parseAbiParameters('bytes credentialId, bytes32[2] publicKey, string origin'),
    [credentialId, [x, y], origin],
  )
  return encodeFunctionData({
    abi: zksyncFactoryAbi,
    functionName: 'initializeAccount',
    args: [
      [webAuthnValidator, sessionKeyValidator, guardianExecutor],
      [passkey, '0x', '0x'],
    ],
  })
}
