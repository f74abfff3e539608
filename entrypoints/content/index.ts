import type { Browser } from 'wxt/browser'
import { defineContentScript } from 'wxt/utils/define-content-script'
import { BaseError } from '@/lib/errors/BaseError'
import { pagePortName, type WakeMessage } from '@/lib/messaging/page'
import { isWebPage } from './isWebPage'
import { acceptPageChannel } from './pageChannel'
import { createRelay } from './relay'
import { whenActivated } from './whenActivated'

/**
 * The browser's interface, looked up when it is used and not before: a page that never asks for the wallet would pay half a
 * millisecond for it. `undefined` after the extension was updated or removed.
 */
function runtime(): typeof Browser.runtime | undefined {
  const { browser, chrome } = globalThis as { browser?: typeof Browser; chrome?: typeof Browser }
  return (browser ?? chrome)?.runtime
}

function connect() {
  const port = runtime()?.connect({ name: pagePortName })
  if (port === undefined) throw new ExtensionGoneError()
  // The browser prints an error that nobody reads as unchecked; the relay handles every loss alike.
  port.onDisconnect.addListener(() => void runtime()?.lastError)
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
    if (!isWebPage(document) || isSecond()) return
    acceptPageChannel((page) => {
      let isListening = false
      const relay = createRelay({
        page,
        connect() {
          if (!isListening) onWake(() => relay.woken())
          isListening = true
          return connect()
        },
        // After an update or removal of the extension this script lives on, without `runtime` or its id.
        isAlive: () => runtime()?.id !== undefined,
        isVisible: () => document.visibilityState === 'visible',
        whenActivated,
      })
      // What the page's own scripts dispatch says nothing about the user.
      const on = (target: EventTarget, name: string, listener: (event: Event) => void) =>
        target.addEventListener(name, (event) => {
          if (event.isTrusted) listener(event)
        })
      on(window, 'pagehide', () => relay.left())
      on(window, 'pageshow', (event) => {
        if ((event as PageTransitionEvent).persisted) relay.restored()
      })
      on(document, 'visibilitychange', () => {
        if (document.visibilityState === 'visible') relay.woken()
      })
      on(window, 'focus', () => relay.woken())
    })
  },
})

function onWake(listener: () => void) {
  runtime()?.onMessage.addListener((message: WakeMessage) => {
    if (message.type === 'latchkey:wake') listener()
  })
}

/** A tab that was open when the wallet was installed may get this script twice. Pages do not see this world. */
function isSecond(): boolean {
  const world = globalThis as { latchkeyRelay?: boolean }
  const isSecond = world.latchkeyRelay === true
  world.latchkeyRelay = true
  return isSecond
}

/** The extension was updated or removed while the document stayed open. */
class ExtensionGoneError extends BaseError {
  override readonly name = 'Content.ExtensionGoneError'
  constructor() {
    super('The extension of this script is gone.', { code: 4900 })
  }
}
