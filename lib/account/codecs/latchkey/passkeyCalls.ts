import { encodeAbiParameters, encodeFunctionData, keccak256, parseAbiParameters, stringToHex } from 'viem'
import type { Address, Hex } from 'viem'
import type { OwnedPasskey } from '@/lib/account/codecs/AccountCodec'
import { ssoAccountAbi } from '@/lib/chains/abi/ssoAccount.gen'
import type { Call } from '@/lib/policy/call'

const keyParameters = parseAbiParameters('bytes32, bytes32, bytes32')

/** Call of the account to itself that makes a passkey one of its owners. */
export function addPasskeyCall(account: Address, { x, y, credentialId, origin }: OwnedPasskey): Call {
  const args = [x, y, credentialId, origin] as const
  return {
    to: account,
    value: 0n,
    data: encodeFunctionData({ abi: ssoAccountAbi, functionName: 'addPasskey', args }),
  }
}

/** Call of the account to itself that takes a passkey's ownership away. The account refuses to lose its last one. */
export function removePasskeyCall(account: Address, passkey: OwnedPasskey): Call {
  const args = [keyIdOf(passkey)] as const
  return {
    to: account,
    value: 0n,
    data: encodeFunctionData({ abi: ssoAccountAbi, functionName: 'removePasskey', args }),
  }
}

/** Mirrors `_keyIdOf` in `contracts/src/account/WebAuthnValidator.sol`. */
function keyIdOf({ x, y, origin }: OwnedPasskey): Hex {
  return keccak256(encodeAbiParameters(keyParameters, [x, y, keccak256(stringToHex(origin))]))
}
