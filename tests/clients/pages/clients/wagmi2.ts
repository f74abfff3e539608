import { createConfig, http } from 'wagmi'
import * as actions from 'wagmi/actions'
import { chainOf } from '../chainOf.js'
import type { CreateClient } from '../Client.js'
import { type Actions, wagmiClient } from '../wagmiClient.js'

/** wagmi 2. */
export const createClient: CreateClient = ([first, ...others]) => {
  if (first === undefined) throw new Error('no network')
  const chains = [chainOf(first), ...others.map(chainOf)] as const
  const transports = Object.fromEntries(chains.map(({ id }) => [id, http()]))
  const config = createConfig({ chains, transports, pollingInterval: 50 })
  // The page needs nothing in which the types of the two versions differ.
  type Config = Parameters<typeof wagmiClient>[0]
  return wagmiClient(config as unknown as Config, actions as unknown as Actions)
}
