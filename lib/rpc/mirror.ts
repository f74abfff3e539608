import { browser, type Browser } from 'wxt/browser'
import { createStore } from 'zustand/vanilla'
import type { MirrorMessage } from '@/lib/messaging/popup'
import type { Snapshot } from '@/lib/messaging/views'
import { toWire } from '@/lib/messaging/wire'

/** Feeds popup pages with snapshots. */
export type Mirror = {
  /** Sends the snapshot to a page, and every later one until the page closes. A worker that starts publishes its first by itself. */
  accept(port: Browser.runtime.Port): void
  publish(snapshot: Snapshot): void
}

/** Creates the mirror: one store, written here alone, read by ports. */
export function createMirror(): Mirror {
  const store = createStore<{ snapshot: Snapshot | null }>(() => ({ snapshot: null }))

  return {
    publish: (snapshot) => store.setState({ snapshot }),
    accept(port) {
      if (!isOwnPage(port.sender)) return port.disconnect()
      const post = () => {
        const { snapshot } = store.getState()
        if (snapshot !== null)
          port.postMessage(toWire({ type: 'snapshot', snapshot } satisfies MirrorMessage))
      }
      port.onDisconnect.addListener(store.subscribe(post))
      post()
    },
  }
}

/** Whether a message comes from the popup's page. A content script has the extension's id, but the address of its document. */
export function isOwnPage(sender: Browser.runtime.MessageSender | undefined): boolean {
  const address = sender?.url?.split(/[?#]/)[0]
  return sender?.id === browser.runtime.id && address === browser.runtime.getURL('/popup.html')
}
