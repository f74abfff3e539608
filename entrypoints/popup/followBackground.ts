import { browser } from 'wxt/browser'
import { mirrorPortName, type MirrorMessage } from '@/lib/messaging/popup'
import type { Snapshot } from '@/lib/messaging/views'
import { fromWire, type Wire } from '@/lib/messaging/wire'

/** How long the first snapshot may take before the page says that nobody answers, in ms. */
const patience = 4_000
/** Pause before a connection is tried again, in ms; doubled after each failure. */
const firstPause = 100
const longestPause = 2_000

/** What the page knows of the wallet. */
export type MirrorState =
  | { readonly phase: 'loading' }
  | { readonly phase: 'ready'; readonly snapshot: Snapshot }
  | { readonly phase: 'silent' }

/**
 * Listens to the background's snapshots over a port, and connects again when the worker restarts. Says `silent` when the first
 * snapshot does not come, and goes on trying.
 *
 * @returns Ends it.
 */
export function followBackground(onstate: (state: MirrorState) => void): () => void {
  let stopped = false
  let pause = firstPause
  let retry: ReturnType<typeof setTimeout> | undefined
  let port: ReturnType<typeof browser.runtime.connect> | undefined
  const alarm = setTimeout(() => onstate({ phase: 'silent' }), patience)

  const connect = () => {
    port = browser.runtime.connect({ name: mirrorPortName })
    port.onMessage.addListener((wire: Wire) => {
      clearTimeout(alarm)
      pause = firstPause
      onstate({ phase: 'ready', snapshot: fromWire<MirrorMessage>(wire).snapshot })
    })
    port.onDisconnect.addListener(() => {
      if (stopped) return
      retry = setTimeout(connect, pause)
      pause = Math.min(pause * 2, longestPause)
    })
  }

  connect()
  return () => {
    stopped = true
    clearTimeout(alarm)
    clearTimeout(retry)
    port?.disconnect()
  }
}
