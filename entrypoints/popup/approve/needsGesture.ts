import type { ApprovalRequest } from '@/lib/messaging/views'

/** Whether a passkey prompt follows the click. Where none does, the click alone agrees. */
export function needsGesture(request: ApprovalRequest): boolean {
  return !['connect', 'network', 'switch', 'token'].includes(request.kind)
}
