import { browser } from 'wxt/browser'
import { defineContentScript } from 'wxt/utils/define-content-script'
import { pagePortName } from '@/lib/messaging/page'
import { acceptPageChannel } from './pageChannel'
import { createRelay } from './relay'
import { whenActivated } from './whenActivated'

function connect() {
  const port = browser.runtime.connect({ name: pagePortName })
  // The browser prints an error that nobody reads as unchecked; the relay handles every loss alike.
  port.onDisconnect.addListener(() => void browser.runtime?.lastError)
  return port
}

export default defineContentScript({
  matches: ['<all_urls>'],
  runAt: 'document_start',
  allFrames: true,
  matchAboutBlank: true,
  matchOriginAsFallback: true,
  noScriptStartedPostMessage: true,
  main() {
    // Same rule as the page's script: web pages only, no PDFs, images, feeds or JSON.
    if (document.contentType !== 'text/html' && document.contentType !== 'application/xhtml+xml') return
    acceptPageChannel((page) => {
      const relay = createRelay({
        page,
        connect,
        // After an update or removal of the extension this script lives on, without `runtime` or its id.
        isAlive: () => browser.runtime?.id !== undefined,
        isVisible: () => document.visibilityState === 'visible',
        whenActivated,
      })
      window.addEventListener('pageshow', (event) => {
        if (event.persisted) relay.restored()
      })
      document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'visible') relay.shown()
      })
      window.addEventListener('focus', () => relay.shown())
    })
  },
})
