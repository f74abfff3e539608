import { maximumCalls } from '@/lib/policy/call'
import { unlimited, type SessionSpec } from '@/lib/policy/spec'

/** Contracts that accounts run on, where they differ in what a session may do and in what they enforce of it. */
export type KindRules = {
  /** Most calls of one operation of a session. */
  readonly maximumCalls: number
  /**
   * Seconds by which the chain takes a period of an allowance late. 0: its own seconds. 1: the second in which it begins still counts
   * for the one before (validity times are exclusive at the beginning, inclusive at the end, and both are period boundaries).
   */
  readonly periodDelay: 0 | 1
  /** Whether the chain charges the fee limit for an operation that a paymaster pays for, unless the session lists that one. */
  readonly chargesSponsoredFees: boolean
  /** Whether the chain counts uses. Where it does not, `useLimit` is a rule of the wallet alone. */
  readonly countsUses: boolean
  /** Whether the chain knows which paymasters may be named. Where it does not, `paymaster` is a rule of the wallet alone. */
  readonly bindsPaymaster: boolean
}

/**
 * The rules by which `check` judges for each kind of account. Everything else is the same for both.
 *
 * The verdict is that of the kind's contracts, and for `zksync-sso` stricter in these points, on purpose:
 *
 * | Rule | Contracts | Here |
 * |---|---|---|
 * | `useLimit`, `paymaster` | unknown | enforced |
 * | fee | gas price of the block × gas limits | `maxFeePerGas` × gas limits |
 * | EntryPoint, factory as targets | allowed | banned |
 * | a period older than one that was used | has a counter of its own | refused: the clock is behind |
 * | the second in which a period begins | chargeable to the period before | waits a second, and charges the new one |
 */
export const kindRules = {
  latchkey: {
    maximumCalls,
    periodDelay: 0,
    chargesSponsoredFees: true,
    countsUses: true,
    bindsPaymaster: true,
  },
  'zksync-sso': {
    maximumCalls: 1,
    periodDelay: 1,
    chargesSponsoredFees: false,
    countsUses: false,
    bindsPaymaster: false,
  },
} as const satisfies Record<string, KindRules>

/**
 * The part of a session that the chain enforces, whoever holds the key: what an exposure must be computed of.
 *
 * @param spec - As the owner approves it.
 * @param rules - Of the account's kind; Latchkey's own by default.
 */
export function enforcedSpec(spec: SessionSpec, rules: KindRules = kindRules.latchkey): SessionSpec {
  const { countsUses, bindsPaymaster } = rules
  const counted = <policy extends { useLimit: SessionSpec['transferPolicies'][number]['useLimit'] }>(
    policy: policy,
  ): policy => (countsUses ? policy : { ...policy, useLimit: unlimited })
  return {
    ...spec,
    paymaster: bindsPaymaster ? spec.paymaster : { mode: 'Any' },
    transferPolicies: spec.transferPolicies.map(counted),
    callPolicies: spec.callPolicies.map(counted),
  }
}
