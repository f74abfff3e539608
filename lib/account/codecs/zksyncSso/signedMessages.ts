import { concat, type Address, type Hex } from 'viem'
import { messageAppendix, nestMessage } from '@/lib/account/erc7739'
import type { SignedMessage } from '@/lib/account/signedMessage'

/** Hash of a message for an account on a chain: what the authenticator signs. */
export function messageHash(message: SignedMessage, account: Address, chainId: number): Hex {
  const name = 'zksync-sso-1271'
  return nestMessage(message, { name, version: '1.0.0', chainId, verifyingContract: account })
}

/** ERC-1271 signature: `validator ‖ the passkey's`, with ERC-7739's appendix behind it. */
export function messageSignature(message: SignedMessage, passkeySignature: Hex): Hex {
  return concat([passkeySignature, messageAppendix(message)])
}
