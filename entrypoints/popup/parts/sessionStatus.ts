import { chainTime } from '@/entrypoints/popup/chainTime'
import type { SessionStatus, SessionView, Snapshot } from '@/lib/messaging/views'

/**
 * The status to show: an active or paused session past its last second is expired, even before the background says so.
 *
 * @param now - Unix milliseconds, the computer's clock.
 */
export function statusAt(session: SessionView, snapshot: Snapshot, now: number): SessionStatus {
  const running = session.status === 'active' || session.status === 'paused'
  return running && chainTime(snapshot, session.chainId, now) > session.spec.expiresAt
    ? 'expired'
    : session.status
}

const rank: Readonly<Record<SessionStatus, number>> = {
  active: 0,
  paused: 1,
  pending: 2,
  unknown: 3,
  closing: 4,
  expired: 5,
  failed: 6,
  closed: 7,
}

/** All sessions: those that can sign first, each kind newest first. */
export function sortedSessions(snapshot: Snapshot, now: number): SessionView[] {
  return [...snapshot.sessions].sort(
    (a, b) =>
      rank[statusAt(a, snapshot, now)] - rank[statusAt(b, snapshot, now)] || b.createdAt - a.createdAt,
  )
}

/** Sessions that can sign, are about to, or are not closed on chain yet; newest first. */
export function liveSessions(snapshot: Snapshot, now: number): SessionView[] {
  return snapshot.sessions
    .filter((session) =>
      ['pending', 'active', 'paused', 'unknown', 'closing'].includes(statusAt(session, snapshot, now)),
    )
    .sort((a, b) => b.createdAt - a.createdAt)
}
