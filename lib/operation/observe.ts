import { receipt } from '@/lib/bundler/receipt'
import { ServerRefusedError } from '@/lib/bundler/requestServer'
import type { Network } from '@/lib/chains/network'
import { UnreachableError } from '@/lib/chains/UnreachableError'
import { observeChain } from '@/lib/operation/observeChain'
import type { Observation } from '@/lib/operation/observation'
import { userOpHashesOf, type OperationRow } from '@/lib/operation/row'

/**
 * Looks for an operation: the bundler's receipt first, as it is the quickest, and the chain itself when `thorough` or when the
 * bundler is no help, as after a reorganisation, which bundlers may not have noticed. Only the chain can say that it is void.
 *
 * @throws {UnreachableError} The chain was to be asked and does not answer.
 */
export async function observe(network: Network, row: OperationRow, thorough: boolean): Promise<Observation> {
  let helpful = row.wasUndone !== true
  try {
    for (const userOpHash of helpful ? userOpHashesOf(row) : []) {
      const found = await receipt(network, userOpHash)
      if (found?.userOpHash === userOpHash) return { state: 'included', receipt: found }
    }
  } catch (error) {
    if (!(error instanceof UnreachableError) && !(error instanceof ServerRefusedError)) throw error
    helpful = false
  }
  return thorough || !helpful ? observeChain(network, row) : { state: 'open' }
}
