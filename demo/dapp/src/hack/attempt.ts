import type { Address, Hex } from 'viem'

/** A call as `wallet_sendCalls` takes it. */
export type AttemptCall = { readonly to: Address; readonly value?: bigint; readonly data?: Hex }

/** What a thief who runs this page goes after. */
export type AttemptAim = 'tokens' | 'ether' | 'orchard' | 'account' | 'batches' | 'drain'

/** One hostile request. */
export type Attempt = {
  readonly aim: AttemptAim
  /** What is tried, in words. */
  readonly what: string
  readonly calls: readonly AttemptCall[]
  /** Whether the session allows it, as long as its limits last. */
  readonly allowed: boolean
}

/** Whom and what a thief can name. */
export type Scene = {
  readonly account: Address
  readonly demoToken: Address
  readonly orchard: Address
  readonly shop: Address
  readonly tipJar: Address
  readonly entryPoint: Address
  readonly sessionModule: Address
  readonly guardianModule: Address
  /** All the DEMO that the account holds, in the smallest unit. */
  readonly demo: bigint
  /** All its ETH, in wei. */
  readonly eth: bigint
}

/** Where the thief wants everything to go: an address that nobody holds the key of. */
export const attacker: Address = '0xbadbAdbadBADbaDBADbADbaDBADBaDBADbAdbAd1'
