import { parseAbi } from 'viem'

/** What this page calls of the orchard contract. */
export const orchardAbi = parseAbi([
  'struct Plot { address by; uint64 plantedAt; uint32 times; }',
  'function plant(uint256 plot)',
  'function plots() view returns (Plot[36])',
])
