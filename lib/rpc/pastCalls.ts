import { listActivity, type ActivityPlace } from '@/lib/activity/activity'
import type { Approval } from '@/lib/approval/approval'
import type { PastCalls } from '@/lib/policy/suggestSession'
import type { Database } from '@/lib/storage/database'

/** What a site sent before, and who signed it. */
export type SitePast = PastCalls & { readonly signedBy: 'passkey' | 'session' }

/** Most operations that a suggestion is made from. */
const mostOperations = 100
/** Rows that are read at once, and in all: a site that was seldom used lies far back among those of others. */
const rowsAtOnce = 500
const mostRows = 5000

/** The latest calls that a site had signed for an account on a chain, newest first. */
export async function pastCalls(
  database: Database,
  { origin, account, chainId }: Pick<Approval, 'origin' | 'account' | 'chainId'>,
): Promise<SitePast[]> {
  const found: SitePast[] = []
  let before: ActivityPlace | undefined
  for (let read = 0; read < mostRows && found.length < mostOperations; read += rowsAtOnce) {
    const rows = await listActivity(database, rowsAtOnce, before)
    for (const row of rows) {
      const isOwn = row.origin === origin && row.account === account?.toLowerCase() && row.chainId === chainId
      const isSent = row.purpose === 'calls' && row.status !== 'void' && row.calls.length > 0
      if (isOwn && isSent)
        found.push({ calls: row.calls, at: Math.floor(row.at / 1000), signedBy: row.signedBy })
    }
    before = rows.at(-1)
    if (rows.length < rowsAtOnce) break
  }
  return found.slice(0, mostOperations)
}
