import type { ApprovalPhase } from '@/lib/messaging/views'
import type { Frozen } from '@/lib/operation/freeze'
import type { Prepared } from '@/lib/operation/prepare'

/** Work on an open approval, as long as the worker lives; it is prepared anew after a restart. */
export type DeskEntry = {
  readonly phase: ApprovalPhase
  readonly prepared?: Prepared | undefined
  readonly preparedAt?: number | undefined
  /** The operation whose challenge the authenticator was given. */
  readonly frozen?: Frozen | undefined
}

/** What is being prepared for each open approval. */
export type ApprovalDesk = {
  state(id: string): DeskEntry | undefined
  put(id: string, entry: DeskEntry): void
  remove(id: string): void
}

/** Creates an empty desk. */
export function createApprovalDesk(onChange: () => void): ApprovalDesk {
  const entries = new Map<string, DeskEntry>()
  return {
    state: (id) => entries.get(id),
    put(id, entry) {
      entries.set(id, entry)
      onChange()
    },
    remove(id) {
      entries.delete(id)
    },
  }
}
