import type { Address } from 'viem'

/** Most that sessions may move of one asset in a UTC day, all sites and accounts together. */
export type DailyCeiling = {
  readonly chainId: number
  /** A token's address in lower case; `native` for the chain's own currency. */
  readonly asset: Address | 'native'
  /** In the asset's smallest unit. */
  readonly limit: bigint
}

/** Limits that the user sets on all sessions together, stricter than the chain. What they stop, the owner can still approve once. */
export type Guards = {
  /** Most operations that sessions sign within any 60 seconds; `null` for no cap. */
  readonly perMinute: number | null
  /** At most one for each asset. */
  readonly daily: readonly DailyCeiling[]
  /** Whether a session that is refused ten times within a minute is paused. */
  readonly pauseAfterRefusals: boolean
}

/** As they are until the user sets them: off. */
export const noGuards: Guards = { perMinute: null, daily: [], pauseAfterRefusals: false }
