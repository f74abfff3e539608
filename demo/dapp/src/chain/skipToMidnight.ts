import type { PublicClient } from 'viem'
import { numberToHex } from 'viem'
import { nodeRequest } from './nodeRequest'

/** Seconds of a UTC day. */
export const day = 86_400

/**
 * Moves the demo chain's clock to the first second after the next UTC midnight and mines a block there. The clock runs on from it.
 *
 * @returns The chain's new time, Unix seconds.
 * @throws {Error} The node is not a development node.
 */
export async function skipToMidnight(reader: PublicClient): Promise<number> {
  const { timestamp } = await reader.getBlock({ blockTag: 'latest' })
  const next = (Math.floor(Number(timestamp) / day) + 1) * day + 1
  await nodeRequest(reader, 'evm_setNextBlockTimestamp', [numberToHex(next)])
  await nodeRequest(reader, 'evm_mine', [])
  return next
}
