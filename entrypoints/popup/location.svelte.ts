import { on } from 'svelte/events'
import { createSubscriber } from 'svelte/reactivity'
import { parseRoute, type Route } from '@/entrypoints/popup/route'

const subscribe = createSubscriber((update) => on(window, 'hashchange', update))

/** The route of the location's hash; reading it in a component follows its changes. */
export const location = {
  get route(): Route {
    subscribe()
    return parseRoute(window.location.hash)
  },
}
