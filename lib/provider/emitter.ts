import { primordials } from '@/lib/provider/primordials'

/** A listener of provider events. */
export type Listener = (data: unknown) => void

/** Event listeners that rely on nothing that a page can change. */
export type Emitter = {
  add(event: string, listener: Listener): void
  remove(event: string, listener: Listener): void
  emit(event: string, data: unknown): void
}

type Slots = Map<number, Listener>

/** Creates an {@link Emitter}. A listener that throws is reported like any uncaught error and does not stop the others. */
export function createEmitter(): Emitter {
  const { mapDelete, mapEach, mapOf, mapSet, setTimeout } = primordials
  const events: { [event: string]: Slots | undefined } = Object.create(null)
  let next = 0

  return {
    add(event, listener) {
      mapSet((events[event] ??= mapOf<Listener>()), next++, listener)
    },
    remove(event, listener) {
      const slots = events[event]
      if (slots === undefined) return
      let found = false
      mapEach(slots, (item, slot) => {
        if (found || item !== listener) return
        found = true
        mapDelete(slots, slot)
      })
    },
    emit(event, data) {
      const slots = events[event]
      if (slots === undefined) return
      const end = next
      mapEach(slots, (listener, slot) => {
        // Added by a listener of this very event.
        if (slot >= end) return
        try {
          listener(data)
        } catch (error) {
          setTimeout(() => {
            throw error
          })
        }
      })
    },
  }
}
