import type { PublicClient } from 'viem'

/**
 * Asks the demo chain's node for something outside viem's typed methods.
 *
 * @throws {Error} The node does not know the method (it is not a demo chain) or refuses it.
 */
export async function nodeRequest(reader: PublicClient, method: string, params: readonly unknown[]) {
  const request = reader.request as (request: {
    method: string
    params: readonly unknown[]
  }) => Promise<unknown>
  return request({ method, params })
}
