import type { Client, CreateClient } from '../Client.js'
import { snippets } from '../Snippets.js'

/** The code of `docs/dapps.md`; the tests call it by `window.snippets`. */
export const createClient: CreateClient = () => {
  Object.assign(window, { snippets })
  return {} as Client
}
