import type { ApprovalRequest } from '@/lib/messaging/views'

/**
 * Whether a passkey prompt follows the click. Where none does, the click alone agrees, and the button is armed only a second
 * after the window has the focus.
 */
export function needsGesture(request: ApprovalRequest): boolean {
  return !['connect', 'network', 'switch', 'token'].includes(request.kind)
}
