import type { Address } from 'viem'

/** What an account can hold. */
export type Asset =
  | { readonly kind: 'native' }
  | { readonly kind: 'token'; readonly token: Address }
  | { readonly kind: 'collectible'; readonly collection: Address; readonly id: bigint }

/** How much of an asset comes in or goes out in the end, in its smallest units. */
export type BalanceChange = { readonly asset: Asset; readonly way: 'in' | 'out'; readonly amount: bigint }

/** What somebody may take from then on. */
export type ApprovalChange =
  | { readonly kind: 'token'; readonly token: Address; readonly spender: Address; readonly amount: bigint }
  | { readonly kind: 'item'; readonly collection: Address; readonly spender: Address; readonly id: bigint }
  | {
      readonly kind: 'all'
      readonly collection: Address
      readonly spender: Address
      readonly approved: boolean
    }

/** What calls would change; what goes out first. `hidden`: changes beyond those that are listed. */
export type Changes = {
  readonly balances: readonly BalanceChange[]
  readonly approvals: readonly ApprovalChange[]
  readonly hidden: number
}

/**
 * What a network’s node says that calls of an account would do now. Information for the owner, never the ground of a decision: a node
 * or a token can lie. The same shape as `SimulationView` of `lib/messaging/simulationView.ts`.
 */
export type Simulation =
  | ({ readonly outcome: 'changes' } & Changes)
  /** `reason`: as the contract gave it, made readable; `null` for none. */
  | { readonly outcome: 'reverts'; readonly reason: string | null }
  | {
      readonly outcome: 'unknown'
      readonly why: SimulationGap
      /** Whether the calls go through, where that alone can be told. */
      readonly passes: boolean
    }

/** Why there are no changes to tell. */
export type SimulationGap =
  /** The node has no `eth_simulateV1`. */
  | 'unsupported'
  /** The node has none, and the account has no code yet that could be tried. */
  | 'not-deployed'
  /** The node does not answer, or not in a form that can be read. */
  | 'unreachable'
