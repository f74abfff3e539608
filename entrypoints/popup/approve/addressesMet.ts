import type { ApprovalView, Snapshot } from '@/lib/messaging/views'
import { policiesOf } from '@/lib/policy/cells'

/** Addresses that sessions and the latest transactions on an approval's chain were with, and the owner's own, in lower case. */
export function addressesMet(
  snapshot: Pick<Snapshot, 'accounts' | 'sessions' | 'activity'>,
  { chainId }: Pick<ApprovalView, 'chainId'>,
): Set<string> {
  const ofSessions = snapshot.sessions
    .filter((session) => session.chainId === chainId && session.status !== 'failed')
    .flatMap(({ spec }) => policiesOf(spec).map(({ target }) => target))
  const ofActivity = snapshot.activity
    .filter((entry) => entry.chainId === chainId && entry.status !== 'void')
    .flatMap(({ calls }) => calls.map(({ to }) => to))
  return new Set(
    [...snapshot.accounts.map(({ address }) => address), ...ofSessions, ...ofActivity].map((address) =>
      address.toLowerCase(),
    ),
  )
}
