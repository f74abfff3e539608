import type { Hex } from 'viem'
import type { Network } from '@/lib/chains/network'
import { bundlerOf } from '@/lib/bundler/requestServer'
import { parseAnswer } from '@/lib/bundler/parseAnswer'
import { requestIfOffered } from '@/lib/bundler/requestIfOffered'

/** What a bundler says that it did with an operation. */
export type BundlerStatus = {
  /** As the bundler words it: `not_found`, `queued`, `submitted`, `included`, `rejected`, … Proves nothing. */
  readonly status: string
  /** Hash of the transaction that carries it, known as soon as it is submitted. */
  readonly transactionHash: Hex | null
}

/**
 * Asks a Pimlico-style bundler for the state of an operation: the transaction hash is there before the receipt is.
 *
 * @returns `null` when the bundler does not offer the method.
 * @throws {UnreachableError} No usable answer.
 */
export async function status(network: Network, userOpHash: Hex): Promise<BundlerStatus | null> {
  const server = bundlerOf(network)
  const result = await requestIfOffered(server, 'pimlico_getUserOperationStatus', [userOpHash])
  if (result === null) return null
  const answer = parseAnswer(server, result)
  return {
    status: answer.text('status') ?? 'unknown',
    transactionHash: answer.has('transactionHash') ? answer.hash('transactionHash') : null,
  }
}
