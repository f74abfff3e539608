import type { ApprovalRequest } from '@/lib/messaging/views'

/** Whether a passkey prompt follows the click. Where none does, the click alone agrees. */
export function needsGesture(request: ApprovalRequest): boolean {
  return request.kind !== 'connect' && request.kind !== 'network' && request.kind !== 'switch'
}
