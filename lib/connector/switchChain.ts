import type { Chain } from 'viem'
import type { SwitchChainParameters } from './connectorTypes.js'
import type { Eip1193Provider } from './findProvider.js'
import { codeOf, walletRequest } from './walletRequest.js'

/**
 * Switches the wallet to a chain, adding it where the wallet does not know it.
 *
 * @throws {UserRejectedRequestError} 4001.
 * @throws The wallet's own error else.
 * @see https://eips.ethereum.org/EIPS/eip-3326
 */
export async function switchChain(
  provider: Eip1193Provider,
  chain: Chain,
  overrides: SwitchChainParameters['addEthereumChainParameter'] = {},
): Promise<void> {
  const chainId = toHexChainId(chain.id)
  try {
    await walletRequest(provider, 'wallet_switchEthereumChain', [{ chainId }])
  } catch (error) {
    if (codeOf(error) !== unknownChain) throw error
    await addChain(provider, chain, overrides)
    // Adding need not switch.
    await walletRequest(provider, 'wallet_switchEthereumChain', [{ chainId }])
  }
}

/**
 * Adds a chain to the wallet.
 *
 * @see https://eips.ethereum.org/EIPS/eip-3085
 */
export async function addChain(
  provider: Eip1193Provider,
  chain: Chain,
  overrides: SwitchChainParameters['addEthereumChainParameter'] = {},
): Promise<void> {
  const explorer = chain.blockExplorers?.default.url
  await walletRequest(provider, 'wallet_addEthereumChain', [
    {
      chainName: chain.name,
      nativeCurrency: chain.nativeCurrency,
      rpcUrls: chain.rpcUrls.default.http,
      ...(explorer === undefined ? {} : { blockExplorerUrls: [explorer] }),
      ...Object.fromEntries(Object.entries(overrides).filter(([, item]) => item !== undefined)),
      chainId: toHexChainId(chain.id),
    },
  ])
}

/** Code of a chain that the wallet does not know. */
export const unknownChain = 4902

/** A chain id as a hex quantity. */
export function toHexChainId(chainId: number): string {
  return `0x${chainId.toString(16)}`
}
