import type { Hex } from 'viem'
import type { Network } from '@/lib/chains/network'
import { bundlerOf, requestServer } from '@/lib/bundler/requestServer'
import { parseAnswer } from '@/lib/bundler/parseAnswer'
import { revertReason } from '@/lib/bundler/revertReason'

/** How an operation was included. */
export type OperationReceipt = {
  readonly userOpHash: Hex
  readonly transactionHash: Hex
  readonly blockNumber: bigint
  /** Whether its calls succeeded. Limits are charged either way. */
  readonly success: boolean
  /** Of the whole operation, in gas units. */
  readonly gasUsed: bigint
  /** In wei, paid by account or sponsor. */
  readonly cost: bigint
  /** Why the calls failed, when known. */
  readonly reason?: string | undefined
}

/**
 * The bundler's receipt of an operation.
 *
 * @returns `null` while the bundler knows of no inclusion, which proves nothing.
 * @throws {UnreachableError | ServerRefusedError} No usable answer.
 * @see https://eips.ethereum.org/EIPS/eip-7769#-eth_getuseroperationreceipt
 */
export async function receipt(network: Network, userOpHash: Hex): Promise<OperationReceipt | null> {
  const server = bundlerOf(network)
  const result = await requestServer(server, 'eth_getUserOperationReceipt', [userOpHash])
  if (result === null || result === undefined) return null
  const answer = parseAnswer(server, result)
  const transaction = answer.inner('receipt')
  const reason = answer.text('reason')
  return {
    userOpHash: answer.hash('userOpHash'),
    transactionHash: transaction.hash('transactionHash'),
    blockNumber: transaction.quantity('blockNumber'),
    success: answer.boolean('success'),
    gasUsed: answer.quantity('actualGasUsed'),
    cost: answer.quantity('actualGasCost'),
    reason: reason === undefined ? undefined : revertReason({ reason, serverData: undefined }),
  }
}
