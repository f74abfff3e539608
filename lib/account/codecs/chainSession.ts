import { BaseError } from '@/lib/errors/BaseError'
import type { Usage } from '@/lib/policy/usage'

/** A session as the chain knows it. `closed`: revoked, or ended with all others. */
export type ChainSession = {
  readonly status: 'none' | 'active' | 'closed'
  /** Of an active one, as of the block's timestamp: usage of elapsed periods is gone. */
  readonly usage: Usage
}

/** The statuses in the order of their number on the wire (0–2). */
export const chainStatuses = ['none', 'active', 'closed'] as const

/** The session module answered something that does not fit the session. */
export class SessionStateError extends BaseError {
  override readonly name = 'Account.SessionStateError'

  constructor() {
    super(
      'The session module answered a state that does not fit the session. Check that the network is right.',
    )
  }
}
