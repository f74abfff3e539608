import { encodeAbiParameters, keccak256, parseAbiParameters, stringToHex, type Hex } from 'viem'
import type { OwnedPasskey } from '@/lib/account/codecs/AccountCodec'

const keyParameters = parseAbiParameters('bytes32, bytes32, bytes32')

/** Id by which an account knows a passkey. Mirrors `_keyIdOf` in `contracts/src/account/WebAuthnValidator.sol`. */
export function keyIdOf({ x, y, origin }: Pick<OwnedPasskey, 'x' | 'y' | 'origin'>): Hex {
  return keccak256(encodeAbiParameters(keyParameters, [x, y, keccak256(stringToHex(origin))]))
}
