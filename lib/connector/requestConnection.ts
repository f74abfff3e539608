import type { ConnectorConfig } from './connectorTypes.js'
import type { Eip1193Provider } from './findProvider.js'
import type { SessionPreferences } from './preferences.js'
import { serializePreferences } from './serializePreferences.js'
import { type Json, serializeValue } from './serializeValue.js'
import { type SiteMetadata, siteMetadata } from './siteMetadata.js'
import { addChain, toHexChainId, unknownChain } from './switchChain.js'
import { codeOf, walletRequest } from './walletRequest.js'

/** Who pays the fees: an ERC-7677 service by its `url` (with its `context`), or a paymaster by its address. */
export type Paymaster =
  | `0x${string}`
  | {
      readonly address?: `0x${string}` | undefined
      readonly url?: string | undefined
      readonly context?: unknown
    }

/** What goes with a connect. */
export type ConnectionRequest = {
  readonly metadata?: SiteMetadata | undefined
  readonly session?: SessionPreferences | undefined
  readonly paymaster?: Paymaster | undefined
  readonly chainId?: number | undefined
}

/**
 * Asks the wallet to connect, and for a session in the same gesture, by `eth_requestAccounts [{metadata, sessionPreferences,
 * paymaster, chainId}]`. A session belongs to one chain: the asked one, else the wallet's if the dapp knows it, else the dapp's first.
 *
 * @throws {UserRejectedRequestError} 4001.
 * @throws The wallet's own error else.
 */
export async function requestConnection(
  provider: Eip1193Provider,
  { chains }: Pick<ConnectorConfig, 'chains'>,
  { metadata = siteMetadata(), session, paymaster, chainId }: ConnectionRequest,
): Promise<unknown> {
  const request: { [key: string]: Json } = { metadata: serializeValue(metadata) }
  if (paymaster !== undefined) request['paymaster'] = serializeValue(paymaster)
  if (session === undefined) return walletRequest(provider, 'eth_requestAccounts', [request])

  const current = Number(await walletRequest(provider, 'eth_chainId'))
  const chain = chains.find(({ id }) => id === (chainId ?? current)) ?? chains[0]
  request['sessionPreferences'] = serializePreferences(session)
  request['chainId'] = toHexChainId(chainId ?? chain.id)
  try {
    return await walletRequest(provider, 'eth_requestAccounts', [request])
  } catch (error) {
    if (codeOf(error) !== unknownChain) throw error
    await addChain(provider, chain)
    return walletRequest(provider, 'eth_requestAccounts', [request])
  }
}
