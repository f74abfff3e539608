import { encodeFunctionData, size, type Address, type Hex } from 'viem'
import type { OwnedPasskey } from '@/lib/account/codecs/AccountCodec'
import { keyIdOf } from '@/lib/account/codecs/latchkey/keyIdOf'
import { ssoAccountAbi } from '@/lib/chains/abi/ssoAccount.gen'

/** Asks an account whether a passkey is one of its owners. */
export function ownerCall(account: Address, passkey: OwnedPasskey): { to: Address; data: Hex } {
  const args = [keyIdOf(passkey)] as const
  return { to: account, data: encodeFunctionData({ abi: ssoAccountAbi, functionName: 'isPasskey', args }) }
}

/** Whether the account said yes. */
export function decodeOwner(result: Hex): boolean {
  return size(result) === 32 && BigInt(result) === 1n
}
