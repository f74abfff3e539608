import type { Hex } from 'viem'
import type { Network } from '@/lib/chains/network'
import { UnreachableError } from '@/lib/chains/UnreachableError'
import { bundlerOf, requestServer, ServerRefusedError } from '@/lib/bundler/requestServer'
import { revertReason } from '@/lib/bundler/revertReason'
import { toRpcUserOperation, type UserOperation } from '@/lib/bundler/userOperation'

/**
 * What became of a submission. Only `accepted` and `known` say something about the operation; after `rejected` and `unknown` it may
 * still be included, by this bundler or by another.
 */
export type Submission =
  | { readonly outcome: 'accepted'; readonly hash: Hex }
  /** The bundler had it already: take it as sent. */
  | { readonly outcome: 'known' }
  | { readonly outcome: 'rejected'; readonly code: number; readonly message: string }
  /** No answer. */
  | { readonly outcome: 'unknown'; readonly message: string }

/**
 * Sends a signed operation to the bundler, once. Never throws for what the server does or does not answer.
 *
 * @see https://eips.ethereum.org/EIPS/eip-7769#-eth_senduseroperation
 */
export async function submit(network: Network, userOp: UserOperation, userOpHash: Hex): Promise<Submission> {
  try {
    await requestServer(
      bundlerOf(network),
      'eth_sendUserOperation',
      [toRpcUserOperation(userOp), network.deployment.entryPoint],
      15_000,
    )
    return { outcome: 'accepted', hash: userOpHash }
  } catch (error) {
    if (error instanceof UnreachableError) return { outcome: 'unknown', message: error.message }
    if (!(error instanceof ServerRefusedError)) throw error
    if (/already known/i.test(error.reason)) return { outcome: 'known' }
    return { outcome: 'rejected', code: error.serverCode, message: revertReason(error) }
  }
}
