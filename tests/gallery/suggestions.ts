import { parseEther } from 'viem'
import type { SuggestionView } from '@/lib/messaging/suggestionView'
import type { ApprovalRequest, TransactionRequest } from '@/lib/messaging/views'
import type { SessionSpec } from '@/lib/policy/spec'
import { day, now, shop, spec, transferCall, word } from '@/tests/gallery/snapshot'

/** An approval of calls that the wallet suggests a session for, or of the session. */
export type SuggestionScene = {
  readonly name: string
  readonly request: ApprovalRequest
  readonly fee: 'own' | 'sponsored'
  readonly suggestion?: SuggestionView
  readonly click?: string
}

const payments = (most: string, daily: string): SessionSpec => ({
  ...spec,
  expiresAt: now + 7 * day,
  transferPolicies: [],
  callPolicies: spec.callPolicies.slice(0, 1).map((policy) => ({
    ...policy,
    constraints: policy.constraints.map((constraint) =>
      constraint.index === 0
        ? constraint
        : {
            ...constraint,
            refValue: word(parseEther(most)),
            limit: { limitType: 'Allowance', limit: parseEther(daily), period: day },
          },
    ),
  })),
})
const often = {
  possible: true,
  coverage: { covered: 41, of: 44 },
  similar: 3,
  offered: true,
} satisfies SuggestionView
const lasting: SuggestionView = {
  possible: false,
  obstacle: { kind: 'lasting', selector: '0x095ea7b3', name: 'approve' },
}
const transfer = transferCall(shop, parseEther('5'))
const approval = { ...transfer, data: `0x095ea7b3${transfer.data.slice(10)}` as const }

/** The approvals around suggested sessions. @param widenable - Calls for which a session could be widened. */
export function suggestions(widenable: TransactionRequest): readonly SuggestionScene[] {
  const plain: TransactionRequest = {
    kind: 'transaction',
    calls: widenable.calls,
    refusal: null,
    sessionId: null,
  }
  const suggested = (changed: Partial<SessionSpec> = {}): ApprovalRequest => ({
    kind: 'session',
    spec: { ...payments('1.5', '4.5'), ...changed },
    ...(Object.keys(changed).length > 0 && { asked: payments('1.5', '4.5') }),
    connects: false,
    functions: {},
    ephemeral: false,
    suggested: true,
    instead: plain,
  })
  return [
    { name: 'transaction-suggest', request: plain, fee: 'own', suggestion: { ...often, offered: false } },
    { name: 'transaction-offer', request: plain, fee: 'sponsored', suggestion: often },
    { name: 'transaction-offer-widen', request: widenable, fee: 'sponsored', suggestion: often },
    {
      name: 'transaction-keep-asking',
      request: { ...plain, calls: [approval] },
      fee: 'own',
      suggestion: lasting,
    },
    { name: 'suggested', request: suggested(), fee: 'own' },
    { name: 'suggested-limits', request: suggested(), fee: 'own', click: 'Change limits' },
    { name: 'suggested-changed', request: suggested(payments('6', '20')), fee: 'own' },
  ]
}
