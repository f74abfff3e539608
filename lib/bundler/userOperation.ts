import type { Hex } from 'viem'
import { formatUserOperationRequest, getUserOperationHash } from 'viem/account-abstraction'
import type { UserOperation as ViemUserOperation } from 'viem/account-abstraction'
import type { Network } from '@/lib/chains/network'

/** A user operation of EntryPoint v0.8, unpacked. */
export type UserOperation = ViemUserOperation<'0.8'>

/**
 * The hash that EntryPoint v0.8 computes: EIP-712, over everything but the signature.
 *
 * @see https://eips.ethereum.org/EIPS/eip-4337
 */
export function hashUserOperation(
  network: Pick<Network, 'chainId' | 'deployment'>,
  userOp: UserOperation,
): Hex {
  return getUserOperationHash({
    chainId: network.chainId,
    entryPointAddress: network.deployment.entryPoint,
    entryPointVersion: '0.8',
    userOperation: userOp,
  })
}

/** The operation as JSON-RPC carries it: quantities as hex, absent members left out. */
export function toRpcUserOperation(
  userOp: Omit<UserOperation, 'signature'> & { readonly signature: Hex | undefined },
): object {
  return formatUserOperationRequest(userOp)
}

/**
 * Most that the operation can cost: `maxFeePerGas` × the sum of all of its gas limits, in wei. The same figure as the session's fee
 * limit counts and as EntryPoint wants prefunded.
 */
export function maximumFee(userOp: UserOperation): bigint {
  const gas =
    userOp.preVerificationGas +
    userOp.verificationGasLimit +
    userOp.callGasLimit +
    (userOp.paymasterVerificationGasLimit ?? 0n) +
    (userOp.paymasterPostOpGasLimit ?? 0n)
  return gas * userOp.maxFeePerGas
}
