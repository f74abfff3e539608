import { getAddress, type Address } from 'viem'

/**
 * The one short form of an address: `0x1234…cDeF`, with EIP-55 case. Enough to recognise, never enough to verify: the full address
 * belongs beside it, one gesture away.
 */
export function shortAddress(address: Address): string {
  const checksummed = getAddress(address)
  return `${checksummed.slice(0, 6)}…${checksummed.slice(-4)}`
}
