import { permit2Approve } from '@/lib/policy/approvalMade'
import { knownFunction } from '@/lib/policy/knownFunctions'
import type { SessionSpec } from '@/lib/policy/spec'

/** Whether a session may let others take tokens: by approvals, or by calls with open contents. */
export function mayApprove({ callPolicies }: Pick<SessionSpec, 'callPolicies'>): boolean {
  return callPolicies.some(({ selector }) => {
    const kind = knownFunction(selector)?.kind
    return kind === 'approve' || kind === 'approveAll' || kind === 'open' || selector === permit2Approve
  })
}
