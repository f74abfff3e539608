import { on } from 'svelte/events'
import { createSubscriber } from 'svelte/reactivity'

/** How long the window must have the focus, in ms. */
const delay = 1_000

/**
 * A guard against clicks that were meant for something else: armed once the window has had the focus for a second, disarmed when
 * it loses it.
 */
export class Arming {
  #armed = false
  #subscribe = createSubscriber((update) => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const set = (armed: boolean) => {
      this.#armed = armed
      update()
    }
    const start = () => {
      clearTimeout(timer)
      timer = setTimeout(() => set(true), delay)
    }
    const offFocus = on(window, 'focus', start)
    const offBlur = on(window, 'blur', () => {
      clearTimeout(timer)
      set(false)
    })
    if (document.hasFocus()) start()
    return () => {
      clearTimeout(timer)
      offFocus()
      offBlur()
    }
  })

  /** Reading it in a component follows its changes. */
  get armed(): boolean {
    this.#subscribe()
    return this.#armed
  }
}
