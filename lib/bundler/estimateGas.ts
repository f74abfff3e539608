import { numberToHex } from 'viem'
import type { Network } from '@/lib/chains/network'
import { bundlerOf, requestServer, ServerRefusedError } from '@/lib/bundler/requestServer'
import { parseAnswer } from '@/lib/bundler/parseAnswer'
import { revertReason } from '@/lib/bundler/revertReason'
import { toRpcUserOperation, type UserOperation } from '@/lib/bundler/userOperation'
import { BaseError } from '@/lib/errors/BaseError'

/** Gas limits of an operation, in gas units. */
export type GasLimits = {
  readonly preVerificationGas: bigint
  readonly verificationGasLimit: bigint
  readonly callGasLimit: bigint
  readonly paymasterVerificationGasLimit?: bigint
  readonly paymasterPostOpGasLimit?: bigint
}

/** Options of {@link estimateGas}. */
export type EstimateOptions = {
  /**
   * Balance that the sender is given for the estimation, in wei (third parameter, a state override): an account that has no funds
   * yet can then be estimated too. Alto takes it; a bundler that does not answers AA21 as without it.
   */
  readonly balance?: bigint | undefined
}

/**
 * Asks the bundler for the gas limits of an operation that carries a stub signature.
 *
 * @throws {EstimationError} The operation would fail.
 * @throws {UnreachableError} No usable answer.
 * @see https://eips.ethereum.org/EIPS/eip-7769#-eth_estimateuseroperationgas
 */
export async function estimateGas(
  network: Network,
  userOp: UserOperation,
  options: EstimateOptions = {},
): Promise<GasLimits> {
  const server = bundlerOf(network)
  const params: unknown[] = [toRpcUserOperation(userOp), network.deployment.entryPoint]
  if (options.balance !== undefined)
    params.push({ [userOp.sender]: { balance: numberToHex(options.balance) } })
  let result: unknown
  try {
    result = await requestServer(server, 'eth_estimateUserOperationGas', params)
  } catch (error) {
    throw error instanceof ServerRefusedError ? new EstimationError(error) : error
  }
  const answer = parseAnswer(server, result)
  const limits = {
    preVerificationGas: answer.quantity('preVerificationGas'),
    verificationGasLimit: answer.quantity('verificationGasLimit'),
    callGasLimit: answer.quantity('callGasLimit'),
  }
  if (userOp.paymaster === undefined) return limits
  return {
    ...limits,
    ...(answer.has('paymasterVerificationGasLimit') && {
      paymasterVerificationGasLimit: answer.quantity('paymasterVerificationGasLimit'),
    }),
    ...(answer.has('paymasterPostOpGasLimit') && {
      paymasterPostOpGasLimit: answer.quantity('paymasterPostOpGasLimit'),
    }),
  }
}

/** The operation would fail on chain, so it is neither signed nor sent. Code -32003. */
export class EstimationError extends BaseError {
  override readonly name = 'Bundler.EstimationError'
  /** The bundler's code: -32521 for a call that reverts, -32500 for validation. */
  readonly bundlerCode: number
  readonly reason: string

  constructor(cause: ServerRefusedError) {
    const reason = revertReason(cause)
    super(
      cause.serverCode === -32521
        ? `The transaction would fail: ${reason}. Nothing was signed.`
        : `The bundler cannot take this transaction: ${reason}. Nothing was signed.`,
      { cause, code: -32003 },
    )
    this.bundlerCode = cause.serverCode
    this.reason = reason
  }
}
