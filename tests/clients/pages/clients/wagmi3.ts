import { createConfig, http } from 'wagmi3'
import * as actions from 'wagmi3/actions'
import { chainOf } from '../chainOf.js'
import type { CreateClient } from '../Client.js'
import { wagmiClient } from '../wagmiClient.js'

/** wagmi 3. */
export const createClient: CreateClient = ([first, ...others]) => {
  if (first === undefined) throw new Error('no network')
  const chains = [chainOf(first), ...others.map(chainOf)] as const
  const transports = Object.fromEntries(chains.map(({ id }) => [id, http()]))
  return wagmiClient(createConfig({ chains, transports, pollingInterval: 50 }), actions)
}
