import { chainTime } from '@/entrypoints/popup/chainTime'
import type { ApprovalView, Snapshot } from '@/lib/messaging/views'
import { exposure } from '@/lib/policy/exposure'

/**
 * Whether approving takes a deliberate act more: the session has a danger that no limit contains.
 *
 * @param now - Unix milliseconds, the computer's clock.
 */
export function isDangerous({ request, chainId }: ApprovalView, snapshot: Snapshot, now: number): boolean {
  if (request.kind !== 'session') return false
  const { warnings } = exposure(request.spec, chainTime(snapshot, chainId, now))
  return warnings.some(({ severity }) => severity === 'danger')
}
