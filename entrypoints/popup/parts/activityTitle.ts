import type { DescribeContext } from '@/lib/describe/context'
import { describeCall } from '@/lib/describe/describeCall'
import type { ActivityView } from '@/lib/messaging/views'

/** What an operation did, in a line. */
export function activityTitle(
  { purpose, calls, replacesIds, excerpt }: ActivityView,
  context: DescribeContext,
): string {
  if (purpose === 'create-session') return replacesIds?.length ? 'Session replaced' : 'Session approved'
  if (purpose === 'revoke') return 'Session revoked'
  if (purpose === 'add-passkey') return 'Passkey added'
  if (purpose === 'remove-passkey') return 'Passkey removed'
  if (purpose === 'message') return `Signed “${excerpt ?? ''}”`
  const [first] = calls
  if (first === undefined) return 'Account deployed'
  const titles = new Set(calls.map((call) => describeCall(call, context).title))
  const [title = ''] = titles
  if (calls.length === 1) return title
  return titles.size === 1 ? `${title}, ${calls.length} times` : `${title} and ${calls.length - 1} more`
}
