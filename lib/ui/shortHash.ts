import type { Hex } from 'viem'

/** The short form of a hash, enough to recognise: `0x12345678…9abcdef0`. */
export function shortHash(hash: Hex): string {
  return `${hash.slice(0, 10)}…${hash.slice(-8)}`
}
