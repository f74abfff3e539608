import type { DescribeContext } from '@/lib/describe/context'
import { describeRemaining, type RemainingDescription } from '@/lib/describe/describeRemaining'
import type { SessionView } from '@/lib/messaging/views'
import { remaining } from '@/lib/policy/remaining'

/** What a meter shows of one limit. */
export type SessionMeter = RemainingDescription & { readonly id: string; readonly isFee: boolean }

/** What is left of every limit of a session, worded for meters; fees last. */
export function sessionMeters({ spec, usage }: SessionView, context: DescribeContext): SessionMeter[] {
  const meters = remaining(spec, usage, context.now).map((entry) => ({
    ...describeRemaining(entry, context),
    id: entry.cell,
    isFee: entry.subject.kind === 'fee',
  }))
  return [...meters.filter(({ isFee }) => !isFee), ...meters.filter(({ isFee }) => isFee)]
}
