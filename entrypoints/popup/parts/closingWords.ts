import type { Hex } from 'viem'
import type { ApprovalRequest, SessionView, Snapshot } from '@/lib/messaging/views'
import { networkOf } from '@/entrypoints/popup/networkOf'

/** How far the revocation of a session has come, in a sentence. */
export type ClosingWords = { readonly tone: 'plain' | 'caution'; readonly text: string }

/**
 * Says where a session stands between this browser and the chain; `null` while nothing is to be closed.
 *
 * @param worst - What a copied key could still take: "up to 3 DEMO until today, 18:00".
 */
export function closingWords(session: SessionView, snapshot: Snapshot, worst: string): ClosingWords | null {
  const { name, currency } = networkOf(snapshot, session.chainId)
  if (session.status === 'closed')
    return { tone: 'plain', text: `Closed on ${name}. A copied key is useless now.` }
  if ((session.status === 'active' || session.status === 'paused') && !session.keyHeld)
    return {
      tone: 'caution',
      text: `Stopped here: this browser no longer holds its key. It is still open on ${name}; revoke it to close it there.`,
    }
  if (session.status === 'unknown')
    return {
      tone: 'caution',
      text: `What this session used is not known here: its record was lost or damaged. It signs nothing until ${name} shows it in a final block, some minutes from now.`,
    }
  if (session.status !== 'closing') return null
  const approval = snapshot.approvals.find(({ request }) => closesOf(request).includes(session.id))
  const phase = approval?.state.phase
  const underWay =
    phase === 'sending' ||
    snapshot.activity.some(
      (item) =>
        ((item.purpose === 'revoke' || item.purpose === 'remove-passkey'
          ? item.sessionIds
          : item.replacesIds
        )?.includes(session.id) ??
          false) &&
        (item.status === 'signed' || item.status === 'sent'),
    )
  if (underWay)
    return { tone: 'plain', text: `Stopped here: this browser no longer signs for it. Closing on ${name}…` }
  const reason =
    phase === 'needs-funds'
      ? `no ${currency.symbol} for the fee`
      : approval === undefined
        ? 'no operation is on its way'
        : 'your passkey is still to be asked'
  return {
    tone: 'caution',
    text: `Not closed on ${name} yet: ${reason}. A copied key could still take ${worst}.`,
  }
}

/** The sessions that an approval closes on chain. */
export function closesOf(request: ApprovalRequest): readonly Hex[] {
  if (request.kind === 'revoke') return request.sessionIds
  return request.kind === 'session' ? (request.replacesIds ?? []) : []
}
