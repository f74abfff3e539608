import { browser, type Browser } from 'wxt/browser'
import type { MirrorMessage } from '@/lib/messaging/popup'
import type { Snapshot } from '@/lib/messaging/views'
import { toWire } from '@/lib/messaging/wire'

/** Feeds popup pages with snapshots. */
export type Mirror = {
  accept(port: Browser.runtime.Port): void
  publish(snapshot: Snapshot): void
}

/** Creates the mirror. `current` gives the snapshot for a page that has just opened. */
export function createMirror(current: () => Promise<Snapshot>): Mirror {
  const ports = new Set<Browser.runtime.Port>()
  const message = (snapshot: Snapshot) => toWire({ type: 'snapshot', snapshot } satisfies MirrorMessage)

  return {
    accept(port) {
      if (!isOwnPage(port.sender)) return port.disconnect()
      ports.add(port)
      port.onDisconnect.addListener(() => ports.delete(port))
      void current().then((snapshot) => {
        if (ports.has(port)) port.postMessage(message(snapshot))
      })
    },
    publish(snapshot) {
      const wire = message(snapshot)
      for (const port of ports) port.postMessage(wire)
    },
  }
}

/** Whether a message comes from a page of this extension. A content script has the id, but the page's origin. */
export function isOwnPage(sender: Browser.runtime.MessageSender | undefined): boolean {
  const own = new URL(browser.runtime.getURL('/popup.html')).origin
  return sender?.id === browser.runtime.id && sender.url !== undefined && new URL(sender.url).origin === own
}
