import type { Address, Hex } from 'viem'

/** Where Latchkey's own contracts stand on a chain. */
export type LatchkeyDeployment = {
  readonly kind: 'latchkey'
  readonly entryPoint: Address
  readonly factory: Address
  readonly accountImplementation: Address
  readonly sessionKeyValidator: Address
  readonly guardianExecutor: Address
}

/** Where contracts of the public ZKsync SSO kind stand on a chain. */
export type ZksyncSsoDeployment = {
  readonly kind: 'zksync-sso'
  readonly entryPoint: Address
  readonly factory: Address
  /** Tells the accounts' proxies what they run. */
  readonly beacon: Address
  readonly webAuthnValidator: Address
  readonly eoaKeyValidator: Address
  readonly sessionKeyValidator: Address
  readonly guardianExecutor: Address
  /**
   * Creation code of the accounts' proxy, without constructor arguments: addresses are computed from it. Where it is not known, the
   * chain is asked.
   */
  readonly proxyCreationCode?: Hex | undefined
}

/** Where the contracts of an account kind stand on a chain. */
export type Deployment = LatchkeyDeployment | ZksyncSsoDeployment

/** A chain with everything the wallet needs to work on it. */
export type Network = {
  readonly chainId: number
  readonly name: string
  readonly rpcUrl: string
  /** ERC-4337 bundler for EntryPoint v0.8. */
  readonly bundlerUrl: string
  /** ERC-7677 paymaster that sponsors everybody on this network. */
  readonly paymasterUrl?: string | undefined
  readonly currency: { readonly symbol: string; readonly decimals: number }
  readonly explorerUrl?: string | undefined
  readonly deployment: Deployment
  readonly builtIn: boolean
}
