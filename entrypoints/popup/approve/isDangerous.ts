import { chainTime } from '@/entrypoints/popup/chainTime'
import { networkOf } from '@/entrypoints/popup/networkOf'
import { describedCalls } from '@/entrypoints/popup/approve/describedCalls'
import { messageOfApproval } from '@/entrypoints/popup/approve/messageOfApproval'
import { describeContext } from '@/entrypoints/popup/parts/describeContext'
import { warningsOf } from '@/lib/describe/calls/callDescription'
import { describeTypedData } from '@/lib/describe/describeTypedData'
import type { ApprovalView, Snapshot } from '@/lib/messaging/views'
import { exposure } from '@/lib/policy/exposure'
import { enforcedSpec, kindRules } from '@/lib/policy/kindRules'

/**
 * Whether approving takes a deliberate act more: the session has a danger that no limit contains, a login does not fit to its site, or
 * a message or a call gives everything away.
 *
 * @param now - Unix milliseconds, the computer's clock.
 */
export function isDangerous(approval: ApprovalView, snapshot: Snapshot, now: number): boolean {
  const { request, chainId } = approval
  if (request.kind === 'message') {
    const words = messageOfApproval(approval, request, snapshot)
    return words.kind === 'login' && words.problems.length > 0
  }
  if (request.kind === 'typed-data') {
    const words = describeTypedData(request.typedData, describeContext(snapshot, chainId, { now }))
    return words?.warnings.some(({ severity }) => severity === 'danger') ?? false
  }
  if (request.kind === 'transaction')
    return describedCalls(approval, request, snapshot).some(({ words }) =>
      warningsOf(words).some(({ severity }) => severity === 'danger'),
    )
  if (request.kind !== 'session') return false
  const spec = enforcedSpec(request.spec, kindRules[networkOf(snapshot, chainId).kind])
  const { warnings } = exposure(spec, chainTime(snapshot, chainId, now))
  return warnings.some(({ severity }) => severity === 'danger')
}
