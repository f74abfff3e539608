/** Shortens an address or hash to its ends: `0x1234…abcd`. */
export function shortHex(hex: string): string {
  return `${hex.slice(0, 6)}…${hex.slice(-4)}`
}
