import type { Hex } from 'viem'
import type { DescribeContext } from '@/lib/describe/context'
import { describeCall } from '@/lib/describe/describeCall'
import type { Call } from '@/lib/policy/call'

/** Something that was signed, as far as its title tells of it. */
export type TitledActivity = {
  readonly purpose: 'calls' | 'create-session' | 'revoke' | 'add-passkey' | 'remove-passkey' | 'message'
  readonly calls: readonly Call[]
  /** Sessions that it revokes beside creating one. */
  readonly replacesIds?: readonly Hex[] | undefined
  /** First line of a message. */
  readonly excerpt?: string | undefined
}

/** What an operation did, in a line. */
export function activityTitle(
  { purpose, calls, replacesIds, excerpt }: TitledActivity,
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
