import type { Address, Hex } from 'viem'
import { closesOf } from '@/entrypoints/popup/parts/closingWords'
import type { FeeView, Snapshot } from '@/lib/messaging/views'

/** One account on one chain, where sessions are off in this browser and not closed yet. */
export type ClosingPlace = {
  readonly account: Address
  readonly chainId: number
  readonly sessionIds: readonly Hex[]
  /** Of the chain: nothing asked yet, the owner is to be asked, no funds for the fee, or on its way. */
  readonly state: 'none' | 'asked' | 'needs-funds' | 'pending'
  /** The approval that closes them. */
  readonly approvalId: string | null
  readonly fee: FeeView | null
}

/** Where revocations stand, one entry for each account and chain. Sessions that another one replaces are not among them. */
export function closingPlaces(snapshot: Snapshot): ClosingPlace[] {
  const closing = snapshot.sessions.filter(({ status }) => status === 'closing')
  const places = new Map(closing.map((session) => [`${session.account} ${session.chainId}`, session]))
  return [...places.values()].map(({ account, chainId }) => {
    const sessionIds = closing
      .filter((session) => session.account === account && session.chainId === chainId)
      .map(({ id }) => id)
    const approval = snapshot.approvals.find(({ request }) =>
      closesOf(request).some((id) => sessionIds.includes(id)),
    )
    const sent = snapshot.activity.some(
      ({ purpose, status, ...item }) =>
        (status === 'signed' || status === 'sent') &&
        (purpose === 'revoke' ? item.sessionIds : item.replacesIds)?.some((id) => sessionIds.includes(id)),
    )
    const phase = approval?.state.phase
    const state =
      sent || phase === 'sending'
        ? 'pending'
        : phase === 'needs-funds'
          ? 'needs-funds'
          : approval === undefined
            ? 'none'
            : 'asked'
    const fee =
      approval?.state.phase === 'ready' || approval?.state.phase === 'needs-funds' ? approval.state.fee : null
    return { account, chainId, sessionIds, state, approvalId: approval?.id ?? null, fee }
  })
}
