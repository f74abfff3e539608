import { describeContext } from '@/entrypoints/popup/parts/describeContext'
import type { DescribeContext } from '@/lib/describe/context'
import type { ActivityView, Snapshot } from '@/lib/messaging/views'

/** What sentences about entries need to know, made once for each site and chain: a list has thousands of entries. */
export function activityContexts(
  snapshot: Snapshot,
): (entry: Pick<ActivityView, 'origin' | 'chainId'>) => DescribeContext {
  const made = new Map<string, DescribeContext>()
  return ({ origin, chainId }) => {
    const key = `${chainId} ${origin ?? ''}`
    const known = made.get(key)
    if (known !== undefined) return known
    // Functions by the site's own word, in any of its sessions.
    const own = snapshot.sessions.filter((session) => session.origin === origin)
    const functions = Object.fromEntries(own.flatMap((session) => Object.entries(session.functions ?? {})))
    const context = describeContext(snapshot, chainId, { now: 0, functions })
    made.set(key, context)
    return context
  }
}
