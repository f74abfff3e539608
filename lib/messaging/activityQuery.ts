import type { Address, Hex } from 'viem'
import type { ActivityView } from '@/lib/messaging/views'

/** Where something that was signed stands, for the owner. `under-way`: no block has it yet. `void`: none ever will. */
export type ActivityState = 'under-way' | 'done' | 'failed' | 'void'

/** Which entries of the activity are wanted; a member that is not there wants all. */
export type ActivityFilter = {
  /** `null`: what the wallet itself asked. */
  readonly origin?: string | null | undefined
  readonly account?: Address | undefined
  readonly chainId?: number | undefined
  readonly signedBy?: ActivityView['signedBy'] | undefined
  readonly state?: ActivityState | undefined
  readonly purpose?: ActivityView['purpose'] | undefined
  /** What this session signed, and what created and ended it. */
  readonly sessionId?: Hex | undefined
  /** Words, each of which is to be found in an entry: site, title, function, token, address, hash. */
  readonly text?: string | undefined
}

/** Where an entry stands in the list: newest first, and entries of one moment by their id. */
export type ActivityPlace = { readonly at: number; readonly id: string }

/** What is asked of the list. */
export type ActivityQuery = {
  readonly filter: ActivityFilter
  /** Only what stands after this one: older entries. */
  readonly before?: ActivityPlace | undefined
}

/** Some entries, newest first. */
export type ActivityPage = {
  readonly entries: readonly ActivityView[]
  /** Where to go on; `null` at the end. There may be entries left when a page has none: only so many are looked at in one go. */
  readonly next: ActivityPlace | null
}
