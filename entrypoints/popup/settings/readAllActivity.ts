import type { Wallet } from '@/entrypoints/popup/wallet'
import type { ActivityPlace } from '@/lib/messaging/activityQuery'
import type { ActivityView } from '@/lib/messaging/views'

/**
 * Reads the whole activity, page by page, newest first.
 *
 * @param onProgress - Called with the number of entries so far.
 */
export async function readAllActivity(
  wallet: Pick<Wallet, 'command'>,
  onProgress: (count: number) => void,
): Promise<ActivityView[]> {
  const entries: ActivityView[] = []
  let before: ActivityPlace | undefined
  for (;;) {
    const page = await wallet.command('activity', { filter: {}, before })
    entries.push(...page.entries)
    onProgress(entries.length)
    if (page.next === null) return entries
    before = page.next
  }
}
