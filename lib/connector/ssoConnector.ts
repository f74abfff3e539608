import type { Address } from 'viem'
import type { ConnectorConfig, ConnectParameters, ConnectResult, SsoConnector } from './connectorTypes.js'
import { type Eip1193Provider, findProvider, rdns } from './findProvider.js'
import type { SessionPreferences } from './preferences.js'
import { type Paymaster, requestConnection } from './requestConnection.js'
import type { SiteMetadata } from './siteMetadata.js'
import { switchChain } from './switchChain.js'
import { waitForProvider } from './waitForProvider.js'
import { codeOf, walletRequest } from './walletRequest.js'
import { WalletNotInstalledError } from './WalletNotInstalledError.js'

/** Parameters of {@link ssoConnector}. */
export type SsoConnectorParameters = {
  /** Default: the page's title and favicon. */
  readonly metadata?: SiteMetadata | undefined
  /** What connecting asks a session for. Without one, every transaction asks the owner. */
  readonly session?:
    | SessionPreferences
    | (() => SessionPreferences | undefined | Promise<SessionPreferences | undefined>)
    | undefined
  /** Who pays the fees of this dapp's transactions. */
  readonly paymaster?: Paymaster | undefined
  /** Not used: the wallet is its own auth server. */
  readonly authServerUrl?: string | undefined
}

let warned = false

/**
 * Latchkey as a connector for wagmi 2 and 3: `createConfig({ connectors: [ssoConnector({ session })] })`.
 *
 * @throws {WalletNotInstalledError} On `connect`, when the wallet has not announced itself within a second.
 * @throws {UserRejectedRequestError} On `connect` and `switchChain`, when the owner says no.
 */
export function ssoConnector(
  parameters: SsoConnectorParameters = {},
): (config: ConnectorConfig) => SsoConnector {
  const { authServerUrl, metadata, paymaster, session } = parameters
  if (authServerUrl !== undefined && !warned) {
    warned = true
    console.warn(
      'ssoConnector: authServerUrl is not used. Latchkey keeps passkeys and sessions in the browser.',
    )
  }

  return ({ chains, emitter, storage }) => {
    const listeners = {
      accountsChanged: (accounts: string[]) => connector.onAccountsChanged(accounts),
      chainChanged: (chainId: string) => connector.onChainChanged(chainId),
      connect: (info: { chainId: string }) => connector.onConnect(info),
      disconnect: (error: Error) => connector.onDisconnect(error),
    }
    let listening: Eip1193Provider | undefined

    function listen(provider: Eip1193Provider | undefined) {
      if (listening === provider) return
      for (const [event, listener] of Object.entries(listeners)) {
        listening?.removeListener(event, listener)
        provider?.on(event, listener)
      }
      listening = provider
    }

    function requireProvider(): Eip1193Provider {
      const provider = findProvider()
      if (provider === undefined) throw new WalletNotInstalledError()
      return provider
    }

    const connector: SsoConnector = {
      id: rdns,
      name: 'Latchkey',
      rdns,
      type: 'sso',

      async connect<withCapabilities extends boolean = false>({
        chainId,
        isReconnecting = false,
        withCapabilities,
      }: ConnectParameters<withCapabilities> = {}) {
        const provider = await waitForProvider()
        if (provider === undefined) throw new WalletNotInstalledError()
        if (!isReconnecting) {
          const preferences = typeof session === 'function' ? await session() : session
          await requestConnection(
            provider,
            { chains },
            { metadata, session: preferences, paymaster, chainId },
          )
        }
        const accounts = await connector.getAccounts()
        if (accounts.length === 0) throw new NotConnectedError()
        listen(provider)

        let current = await connector.getChainId()
        if (chainId !== undefined && chainId !== current) {
          const switched = await connector.switchChain({ chainId }).catch((error: unknown) => {
            // As wagmi's own connector: only the owner's no ends the connect; the dapp sees the chain it got.
            if (codeOf(error) === 4001) throw error
            return { id: current }
          })
          current = switched.id
        }
        return {
          accounts: withCapabilities ? accounts.map((address) => ({ address, capabilities: {} })) : accounts,
          chainId: current,
        } as ConnectResult<withCapabilities>
      },

      async disconnect() {
        listen(undefined)
        const provider = findProvider()
        if (provider === undefined) return
        await walletRequest(provider, 'wallet_revokePermissions', [{ eth_accounts: {} }]).catch(
          (error: unknown) => {
            // The wallet is gone until the page is loaded again; the dapp is disconnected all the same.
            if (codeOf(error) !== 4900) throw error
          },
        )
      },

      async getAccounts() {
        return (await walletRequest(requireProvider(), 'eth_accounts')) as Address[]
      },

      async getChainId() {
        return Number(await walletRequest(requireProvider(), 'eth_chainId'))
      },

      async getProvider() {
        // Asked on every page load: only a page that was connected with Latchkey waits, a user without it loses no time.
        const recent = await storage?.getItem('recentConnectorId')
        return recent === rdns ? waitForProvider() : findProvider()
      },

      async isAuthorized() {
        if (findProvider() === undefined) return false
        // wagmi asks on every page load and takes no error: a wallet that does not answer is not authorised.
        return connector.getAccounts().then(
          (accounts) => accounts.length > 0,
          () => false,
        )
      },

      async switchChain({ addEthereumChainParameter, chainId }) {
        const chain = chains.find(({ id }) => id === chainId)
        if (chain === undefined)
          throw new Error(`Chain ${chainId} is not configured: add it to \`chains\` of createConfig.`)
        await switchChain(requireProvider(), chain, addEthereumChainParameter)
        const current = await connector.getChainId()
        if (current !== chainId) throw new Error(`Latchkey stayed on chain ${current} instead of ${chainId}.`)
        emitter.emit('change', { chainId })
        return chain
      },

      onAccountsChanged(accounts) {
        if (accounts.length === 0) emitter.emit('disconnect')
        else emitter.emit('change', { accounts: accounts as Address[] })
      },

      onChainChanged(chainId) {
        emitter.emit('change', { chainId: Number(chainId) })
      },

      async onConnect({ chainId }) {
        const accounts = await connector.getAccounts()
        if (accounts.length > 0) emitter.emit('connect', { accounts, chainId: Number(chainId) })
      },

      onDisconnect() {
        emitter.emit('disconnect')
      },
    }
    return connector
  }
}

/** The wallet shows this site no account. EIP-1193 4100. */
export class NotConnectedError extends Error {
  override readonly name = 'NotConnectedError'
  readonly code = 4100

  constructor() {
    super('Latchkey shows this site no account. Connect again.')
  }
}
