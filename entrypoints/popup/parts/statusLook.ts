import type { OperationStatus } from '@/lib/messaging/views'

/** How a list shows where an operation stands: one word and its tone. */
export const statusLook: Readonly<
  Record<OperationStatus, { readonly tone: 'plain' | 'good' | 'danger'; readonly text: string }>
> = {
  reserved: { tone: 'plain', text: 'Preparing' },
  signed: { tone: 'plain', text: 'Signed' },
  sent: { tone: 'plain', text: 'Sent' },
  included: { tone: 'good', text: 'Done' },
  final: { tone: 'good', text: 'Done' },
  failed: { tone: 'danger', text: 'Failed' },
  void: { tone: 'plain', text: 'Not sent' },
}
