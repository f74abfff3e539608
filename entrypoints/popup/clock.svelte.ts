import { createSubscriber } from 'svelte/reactivity'

const subscribe = createSubscriber((update) => {
  const timer = setInterval(update, 1000)
  return () => clearInterval(timer)
})

/** The computer's time; reading it in a component follows it, second by second. */
export const clock = {
  /** Unix milliseconds. */
  get now(): number {
    subscribe()
    return Date.now()
  },
}
