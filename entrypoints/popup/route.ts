/** A page of the popup. */
export type Route =
  | { readonly page: 'home' | 'welcome' | 'sessions' | 'settings' }
  | { readonly page: 'networks' | 'activity' | 'send'; readonly query: URLSearchParams }
  | { readonly page: 'approve'; readonly id: string }

const plain = ['welcome', 'sessions', 'settings'] as const

/**
 * Reads a route from the location's hash. What is unknown leads home.
 *
 * @param hash - With the number sign, as `location.hash` has it; empty for home.
 */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?')
  const [first = '', second] = path.split('/')
  if (first === 'networks' || first === 'activity' || first === 'send')
    return { page: first, query: new URLSearchParams(query) }
  if (first === 'approve' && second) return { page: 'approve', id: decodeURIComponent(second) }
  const page = plain.find((name) => name === first)
  return { page: page ?? 'home' }
}
