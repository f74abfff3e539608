import { browser } from 'wxt/browser'
import type { WakeMessage } from '@/lib/messaging/page'

/**
 * Tells the content scripts of every tab that something changed, for those that lost their port when an earlier worker was stopped.
 * It says nothing else: what changed, each one asks for its own origin.
 */
export async function wakeTabs(): Promise<void> {
  const message: WakeMessage = { type: 'latchkey:wake' }
  const ids = (await browser.tabs.query({})).flatMap(({ id }) => (id === undefined ? [] : [id]))
  // A tab without content scripts has nobody who listens.
  await Promise.allSettled(ids.map((id) => browser.tabs.sendMessage(id, message)))
}
