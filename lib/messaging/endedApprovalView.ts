import type { ApprovalRequest } from '@/lib/messaging/views'

/** An approval that is no longer open. */
export type EndedApprovalView = {
  readonly id: string
  readonly kind: ApprovalRequest['kind']
  /** `null` when the wallet itself asked. */
  readonly origin: string | null
  readonly chainId: number
  readonly outcome: 'approved' | 'rejected' | 'failed'
  /** Why it failed. */
  readonly message?: string | undefined
  /** The operation that the owner signed: its entry in the activity list tells what the chain made of it. */
  readonly operationId?: string | undefined
}
