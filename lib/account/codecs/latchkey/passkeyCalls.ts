import { encodeFunctionData, type Address } from 'viem'
import type { OwnedPasskey } from '@/lib/account/codecs/AccountCodec'
import { keyIdOf } from '@/lib/account/codecs/latchkey/keyIdOf'
import { ssoAccountAbi } from '@/lib/chains/abi/ssoAccount.gen'
import type { Call } from '@/lib/policy/call'

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
