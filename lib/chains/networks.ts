import type { Network } from '@/lib/chains/network'
import { localNetwork } from '@/lib/chains/localNetwork'
import { BaseError } from '@/lib/errors/BaseError'
import { keptTable } from '@/lib/storage/keptTable'
import type { Source } from '@/lib/storage/transact'

const networks = keptTable<Network>('networks', ({ chainId }) => chainId)

/** Every network the wallet knows: those the user added, and the built-in one unless an added one has its chain id. */
export async function listNetworks(source: Source): Promise<Network[]> {
  const added = await networks.getAll(source)
  return added.some(({ chainId }) => chainId === localNetwork.chainId) ? added : [localNetwork, ...added]
}

/**
 * The network of a chain.
 *
 * @throws {UnknownNetworkError} The wallet does not know the chain (4902).
 */
export async function getNetwork(source: Source, chainId: number): Promise<Network> {
  const added = await networks.get(source, chainId)
  if (added !== undefined) return added
  if (chainId === localNetwork.chainId) return localNetwork
  throw new UnknownNetworkError(chainId)
}

/** Adds a probed network, or replaces the one of the same chain. */
export async function addNetwork(source: Source, network: Network): Promise<void> {
  await networks.put(source, network)
}

/** Removes an added network. The built-in one comes back when the added one had replaced it. */
export async function removeNetwork(source: Source, chainId: number): Promise<void> {
  await networks.delete(source, chainId)
}

/** The wallet does not know the chain. */
export class UnknownNetworkError extends BaseError {
  override readonly name = 'Chains.UnknownNetworkError'

  constructor(chainId: number) {
    super(
      `Chain ${chainId} is not in this wallet. Add it first, with wallet_addEthereumChain or in Latchkey.`,
      {
        code: 4902,
      },
    )
  }
}
