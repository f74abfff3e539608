import type { Clock } from '@/lib/bundler/clock'
import type { Lanes } from '@/lib/operation/lanes'
import type { OperationRow } from '@/lib/operation/row'
import type { Database } from '@/lib/storage/database'

/** Mutual exclusion across the extension's contexts: `navigator.locks` in the worker. */
export type Locks = {
  request<result>(name: string, run: () => Promise<result>): Promise<result>
}

/** What the functions of this room work with. Made once by the background. */
export type OperationContext = {
  readonly database: Database
  readonly clock: Clock
  readonly locks: Locks
  /** From `createLanes(database)`. */
  readonly lanes: Lanes
  /** Settle loops under way by operation id, so that one operation is watched once. Starts empty. */
  readonly watching: Map<string, Promise<OperationRow>>
  /** Called after each change of a row reached the disk, so that views can follow. */
  onChange(row: OperationRow): void
}

/** The lock that covers check, journal and signature: never held across the network or a human. */
export const authorizeLock = 'latchkey:authorize'
