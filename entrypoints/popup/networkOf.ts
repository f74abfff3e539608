import type { NetworkView, Snapshot } from '@/lib/messaging/views'

/**
 * What pages show of a network. One that the wallet does not know (any more) goes by its number.
 *
 * @param chainId - `undefined` for none in particular.
 */
export function networkOf(
  snapshot: Snapshot,
  chainId: number | undefined,
): Pick<NetworkView, 'name' | 'currency' | 'explorerUrl'> {
  const known = snapshot.networks.find((network) => network.chainId === chainId)
  return known ?? { name: `chain ${chainId ?? '?'}`, currency: { symbol: 'ETH', decimals: 18 } }
}
