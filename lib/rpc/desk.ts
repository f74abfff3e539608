import type { ApprovalPhase, ApprovalRequest } from '@/lib/messaging/views'
import type { Frozen } from '@/lib/operation/freeze'
import type { Prepared } from '@/lib/operation/prepare'

/** Work on an open approval, as long as the worker lives; it is prepared anew after a restart. */
export type DeskEntry = {
  readonly phase: ApprovalPhase
  readonly prepared?: Prepared | undefined
  /** What it was prepared for: the very object in the approval. */
  readonly request?: ApprovalRequest | undefined
  readonly preparedAt?: number | undefined
  /** The operation whose challenge the authenticator was given. */
  readonly frozen?: Frozen | undefined
}

/** What is being prepared for each open approval. */
export type ApprovalDesk = {
  state(id: string): DeskEntry | undefined
  /** What stands there once it is no longer being prepared; `undefined` when nobody prepares it. */
  settled(id: string): Promise<DeskEntry | undefined>
  put(id: string, entry: DeskEntry): void
  remove(id: string): void
}

/** Creates an empty desk. */
export function createApprovalDesk(onChange: () => void): ApprovalDesk {
  const entries = new Map<string, DeskEntry>()
  const waiting = new Map<string, (() => void)[]>()
  const wake = (id: string) => {
    for (const resume of waiting.get(id) ?? []) resume()
    waiting.delete(id)
  }
  return {
    state: (id) => entries.get(id),
    async settled(id) {
      while (entries.get(id)?.phase.phase === 'preparing')
        await new Promise<void>((resolve) => waiting.set(id, [...(waiting.get(id) ?? []), resolve]))
      return entries.get(id)
    },
    put(id, entry) {
      entries.set(id, entry)
      wake(id)
      onChange()
    },
    remove(id) {
      entries.delete(id)
      wake(id)
    },
  }
}
