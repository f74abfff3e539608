import type { ApprovalPlace } from '@/lib/policy/approvalMade'

/** An approval that stands; `amount` in the token's smallest unit, without meaning for a collection. */
export type StandingApproval = ApprovalPlace & { readonly amount: bigint }

/** What sessions left behind. */
export type CleanUp = {
  /** Taken back in the same operation. */
  readonly approvals: readonly StandingApproval[]
  /** Stay: their contracts refuse to take them back, or they are too many for one operation. */
  readonly kept: readonly StandingApproval[]
  /** Why there may be more; `null` when all was read. */
  readonly unread: string | null
}
