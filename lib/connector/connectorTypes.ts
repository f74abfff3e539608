import type { AddEthereumChainParameter, Address, Chain, ProviderConnectInfo } from 'viem'
import type { Eip1193Provider } from './findProvider.js'

/** What wagmi gives to a connector, as far as it is used; fits `CreateConnectorFn` of wagmi 2 and 3. */
export type ConnectorConfig = {
  readonly chains: readonly [Chain, ...Chain[]]
  readonly emitter: {
    emit(
      event: 'change',
      data: { accounts?: readonly Address[] | undefined; chainId?: number | undefined },
    ): void
    emit(event: 'connect', data: { accounts: readonly Address[]; chainId: number }): void
    emit(event: 'disconnect'): void
  }
  /** Where wagmi keeps which connector the page used last. */
  readonly storage?: { getItem(key: 'recentConnectorId'): unknown } | null | undefined
}

/** Parameters of `connect`. */
export type ConnectParameters<withCapabilities extends boolean> = {
  chainId?: number | undefined
  isReconnecting?: boolean | undefined
  withCapabilities?: withCapabilities | boolean | undefined
}

/** Result of `connect`. */
export type ConnectResult<withCapabilities extends boolean> = {
  accounts: withCapabilities extends true
    ? readonly { address: Address; capabilities: Record<string, unknown> }[]
    : readonly Address[]
  chainId: number
}

/** Parameters of `switchChain`. */
export type SwitchChainParameters = {
  addEthereumChainParameter?:
    | {
        [key in Exclude<keyof AddEthereumChainParameter, 'chainId'>]?:
          AddEthereumChainParameter[key] | undefined
      }
    | undefined
  chainId: number
}

/** Latchkey as a wagmi connector. */
export type SsoConnector = {
  readonly id: string
  readonly name: string
  readonly rdns: string
  readonly type: string
  connect<withCapabilities extends boolean = false>(
    parameters?: ConnectParameters<withCapabilities>,
  ): Promise<ConnectResult<withCapabilities>>
  disconnect(): Promise<void>
  getAccounts(): Promise<readonly Address[]>
  getChainId(): Promise<number>
  getProvider(parameters?: { chainId?: number | undefined }): Promise<Eip1193Provider | undefined>
  isAuthorized(): Promise<boolean>
  switchChain(parameters: SwitchChainParameters): Promise<Chain>
  onAccountsChanged(accounts: string[]): void
  onChainChanged(chainId: string): void
  onConnect(connectInfo: ProviderConnectInfo): void
  onDisconnect(error?: Error): void
}
