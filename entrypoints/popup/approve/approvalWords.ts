import type { ApprovalRequest } from '@/lib/messaging/views'

/** What an approval asks, as its page's heading, and the name of the button that agrees. */
export type ApprovalWords = { readonly heading: string; readonly agree: string }

/** The fixed words of an approval. */
export function approvalWords(request: ApprovalRequest): ApprovalWords {
  switch (request.kind) {
    case 'connect':
      return { heading: 'Connect', agree: 'Connect' }
    case 'session':
      return { heading: 'Approve session', agree: 'Approve' }
    case 'transaction': {
      const hasSession = request.refusal !== null || request.unpaid !== undefined
      return { heading: 'Approve transaction', agree: hasSession ? 'Approve once' : 'Approve' }
    }
    case 'revoke':
    case 'add-passkey':
    case 'remove-passkey':
      return { heading: 'Approve transaction', agree: 'Approve' }
    case 'unlock':
      return { heading: 'Unlock', agree: 'Unlock' }
    case 'network':
      return { heading: 'Add network', agree: 'Add network' }
    case 'switch':
      return { heading: 'Switch network', agree: 'Approve' }
    case 'message':
    case 'typed-data':
      return { heading: 'Sign message', agree: 'Approve' }
    case 'token':
      return { heading: 'Add token', agree: 'Add token' }
  }
}
