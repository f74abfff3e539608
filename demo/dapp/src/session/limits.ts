import { parseEther } from 'viem'

/** What Orchard asks the owner to allow, in the smallest units (18 decimals for ETH and DEMO alike). */
export const limits = {
  /** Length of the session. */
  expiresAt: '1 day',
  /** Greatest fee in all, in wei; not touched while the orchard pays. */
  fee: parseEther('0.01'),
  demo: { perPurchase: parseEther('2'), perDay: parseEther('10') },
  plant: { plots: 36n, perHour: 20n },
  tip: { each: parseEther('0.002'), total: parseEther('0.01'), uses: 5n },
} as const
