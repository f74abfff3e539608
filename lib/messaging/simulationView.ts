import type { Address } from 'viem'

type Asset =
  | { readonly kind: 'native' }
  | { readonly kind: 'token'; readonly token: Address }
  | { readonly kind: 'collectible'; readonly collection: Address; readonly id: bigint }

type ApprovalChange =
  | { readonly kind: 'token'; readonly token: Address; readonly spender: Address; readonly amount: bigint }
  | { readonly kind: 'item'; readonly collection: Address; readonly spender: Address; readonly id: bigint }
  | {
      readonly kind: 'all'
      readonly collection: Address
      readonly spender: Address
      readonly approved: boolean
    }

/** What the calls of an approval would do now, as a node says. The same shape as `Simulation` of `lib/describe/simulate/simulation.ts`. */
export type SimulationView =
  | {
      readonly outcome: 'changes'
      readonly balances: readonly {
        readonly asset: Asset
        readonly way: 'in' | 'out'
        readonly amount: bigint
      }[]
      readonly approvals: readonly ApprovalChange[]
      readonly hidden: number
    }
  | { readonly outcome: 'reverts'; readonly reason: string | null }
  | {
      readonly outcome: 'unknown'
      readonly why: 'unsupported' | 'not-deployed' | 'unreachable'
      readonly passes: boolean
    }
