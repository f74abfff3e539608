import type { OperationReceipt } from '@/lib/bundler/receipt'

/** What is known of a signed operation. */
export type Observation =
  | { readonly state: 'included'; readonly receipt: OperationReceipt }
  /** Can never be included. */
  | { readonly state: 'void'; readonly reason: string }
  | { readonly state: 'open' }
