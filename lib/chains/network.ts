import type { Address } from 'viem'

/** Where the contracts of an account kind stand on a chain. */
export type Deployment = {
  readonly kind: 'latchkey' | 'zksync-sso'
  readonly entryPoint: Address
  readonly factory: Address
  readonly accountImplementation: Address
  readonly sessionKeyValidator: Address
  readonly guardianExecutor: Address
}

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
