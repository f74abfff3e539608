import type { OperationRow } from '@/lib/operation/row'
import type { Hex } from 'viem'

/** Tells the owner what sessions sign without asking. */
export type SignedNotices = {
  /** A session signed this. */
  signed(sessionId: Hex, row: OperationRow): void
}

/** What {@link createSignedNotices} works with. */
export type SignedNoticesOptions = {
  /** Shows the owner what a session signed since the last time, oldest first. */
  tell(sessionId: Hex, rows: readonly OperationRow[]): void
  /** Unix milliseconds. */
  now(): number
  later(run: () => void, ms: number): void
}

/** A session's work is told once in so many ms at most: a game that signs ten times a minute would bury everything else. */
export const noticePause = 60_000

type Pending = { rows: OperationRow[]; next: number; isWaiting: boolean }

/**
 * Creates {@link SignedNotices}: the first signature is told at once, those of the next minute together at its end. What a worker that
 * stops had not told yet stands in the activity like everything else.
 */
export function createSignedNotices({ tell, now, later }: SignedNoticesOptions): SignedNotices {
  const sessions = new Map<Hex, Pending>()

  function flush(sessionId: Hex, pending: Pending) {
    const rows = pending.rows.splice(0)
    pending.isWaiting = false
    pending.next = now() + noticePause
    tell(sessionId, rows)
  }

  return {
    signed(sessionId, row) {
      const pending = sessions.get(sessionId) ?? { rows: [], next: 0, isWaiting: false }
      sessions.set(sessionId, pending)
      pending.rows.push(row)
      if (pending.isWaiting) return
      const wait = pending.next - now()
      if (wait <= 0) return flush(sessionId, pending)
      pending.isWaiting = true
      later(() => flush(sessionId, pending), wait)
    },
  }
}
