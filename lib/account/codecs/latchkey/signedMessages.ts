import { concat, type Address, type Hex } from 'viem'
import { messageAppendix, nestMessage } from '@/lib/account/erc7739'
import type { SignedMessage } from '@/lib/account/signedMessage'

/**
 * Hash of a message for an account on a chain; goes into `passkeyChallenge`.
 *
 * Mirrors `isValidSignature` in `contracts/src/account/AccountSignature.sol`.
 */
export function messageHash(message: SignedMessage, account: Address, chainId: number): Hex {
  return nestMessage(message, { name: 'Latchkey', version: '1', chainId, verifyingContract: account })
}

/** ERC-1271 signature: the passkey's, with ERC-7739's appendix behind it. */
export function messageSignature(message: SignedMessage, passkeySignature: Hex): Hex {
  return concat([passkeySignature, messageAppendix(message)])
}
