import { createSubscriber } from 'svelte/reactivity'
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
 * The page's copy of the wallet's state, fed over a port by the background. Connects when a component first reads it, connects
 * again when the worker restarts, and keeps the last snapshot meanwhile.
 */
export class Mirror {
  #state: MirrorState = { phase: 'loading' }
  #update: () => void = () => undefined
  #subscribe = createSubscriber((update) => {
    this.#update = update
    return this.#start()
  })

  /** The latest state; reading it in a component follows its changes. */
  get state(): MirrorState {
    this.#subscribe()
    return this.#state
  }

  #start(): () => void {
    let stopped = false
    let pause = firstPause
    let retry: ReturnType<typeof setTimeout> | undefined
    let port: ReturnType<typeof browser.runtime.connect> | undefined

    const connect = () => {
      port = browser.runtime.connect({ name: mirrorPortName })
      port.onMessage.addListener((wire: Wire) => {
        pause = firstPause
        this.#receive(fromWire<MirrorMessage>(wire))
      })
      port.onDisconnect.addListener(() => {
        if (stopped) return
        retry = setTimeout(connect, pause)
        pause = Math.min(pause * 2, longestPause)
      })
    }
    const alarm = setTimeout(() => {
      if (this.#state.phase === 'loading') this.#set({ phase: 'silent' })
    }, patience)

    connect()
    return () => {
      stopped = true
      clearTimeout(alarm)
      clearTimeout(retry)
      port?.disconnect()
    }
  }

  #receive(message: MirrorMessage) {
    this.#set({ phase: 'ready', snapshot: message.snapshot })
  }

  #set(state: MirrorState) {
    this.#state = state
    this.#update()
  }
}
