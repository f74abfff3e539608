import type { OperationReceipt } from '@/lib/bundler/receipt'

/** What is known of a signed operation. */
export type Observation =
  | { readonly state: 'included'; readonly receipt: OperationReceipt }
  /** Can never be included: a final block shows it. */
  | { readonly state: 'void'; readonly reason: string }
  /**
   * Not waited for any more: the newest block shows what a final one would, so that only a reorganisation could bring it back, or it has
   * no deadline and took too long. Nothing is released.
   */
  | { readonly state: 'overdue'; readonly reason: string }
  | { readonly state: 'open' }
