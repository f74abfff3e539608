import type { Hex } from 'viem'

/**
 * Size in bytes of a calldata that holds the word `index` in full.
 *
 * @param index - Number of 32-byte words between the selector and the word.
 */
export function sizeThroughWord(index: number): number {
  return 4 + 32 * (index + 1)
}

/**
 * Reads a 32-byte word of a call's arguments.
 *
 * @param data - Calldata, selector first.
 * @param index - Number of 32-byte words between the selector and the word.
 * @returns The word, or `null` when it does not lie inside the calldata.
 */
export function readWord(data: Hex, index: number): Hex | null {
  const start = 10 + 64 * index
  return data.length < start + 64 ? null : `0x${data.slice(start, start + 64)}`
}
