import type { NetworkView, Snapshot } from '@/lib/messaging/views'

/**
 * What pages show of a network. One that the wallet does not know (any more) goes by its number, and by the kind that enforces the
 * least.
 *
 * @param chainId - `undefined` for none in particular.
 */
export function networkOf(
  snapshot: Snapshot,
  chainId: number | undefined,
): Pick<NetworkView, 'name' | 'kind' | 'currency' | 'explorerUrl'> {
  const known = snapshot.networks.find((network) => network.chainId === chainId)
  const currency = { symbol: 'ETH', decimals: 18 }
  return known ?? { name: `chain ${chainId ?? '?'}`, kind: 'zksync-sso', currency }
}
