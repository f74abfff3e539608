import { concat, encodeFunctionData, type Address, type Hex } from 'viem'
import type { OwnedPasskey } from '@/lib/account/codecs/AccountCodec'
import { expectZksyncSso } from '@/lib/account/codecs/zksyncSso/expectZksyncSso'
import { zksyncPasskeyAbi } from '@/lib/chains/abi/zksyncSso'
import type { Deployment } from '@/lib/chains/network'

/** Asks the passkey module for the key of a credential that owns an account. */
export function ownerCall(
  deployment: Deployment,
  account: Address,
  { origin, credentialId }: OwnedPasskey,
): { to: Address; data: Hex } {
  const args = [origin, credentialId, account] as const
  const data = encodeFunctionData({ abi: zksyncPasskeyAbi, functionName: 'getAccountKey', args })
  return { to: expectZksyncSso(deployment).webAuthnValidator, data }
}

/** Whether it is this key. */
export function decodeOwner(result: Hex, { x, y }: OwnedPasskey): boolean {
  return result.toLowerCase() === concat([x, y]).toLowerCase()
}
