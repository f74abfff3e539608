import { zeroAddress, type Address } from 'viem'
import type { Sponsor } from '@/lib/approval/approval'
import { sponsorStub } from '@/lib/bundler/sponsor'
import type { Network } from '@/lib/chains/network'

/**
 * The paymaster that a sponsor uses.
 *
 * @throws {UnreachableError | ServerRefusedError} It does not say.
 */
export async function servicePaymaster(
  network: Network,
  service: Sponsor,
  account: Address | null,
): Promise<Address> {
  const placeholder = {
    sender: account ?? zeroAddress,
    nonce: 0n,
    callData: '0x',
    callGasLimit: 0n,
    verificationGasLimit: 0n,
    preVerificationGas: 0n,
    maxFeePerGas: 0n,
    maxPriorityFeePerGas: 0n,
    signature: '0x',
  } as const
  const { fields } = await sponsorStub(network, service, placeholder)
  return fields.paymaster
}
