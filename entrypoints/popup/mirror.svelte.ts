import { createSubscriber } from 'svelte/reactivity'
import { followBackground, type MirrorState } from '@/entrypoints/popup/followBackground'

/**
 * The page's copy of the wallet's state. Follows the background while a component reads it, and keeps the last snapshot while
 * the worker restarts.
 */
export class Mirror {
  #state: MirrorState = { phase: 'loading' }
  #subscribe = createSubscriber((update) =>
    followBackground((state) => {
      this.#state = state
      update()
    }),
  )

  /** The latest state; reading it in a component follows its changes. */
  get state(): MirrorState {
    this.#subscribe()
    return this.#state
  }
}
