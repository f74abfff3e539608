import { createAppKit } from '@reown/appkit'
import { WagmiAdapter } from '@reown/appkit-adapter-wagmi'
import type { AppKitNetwork } from '@reown/appkit/networks'
import * as actions from 'wagmi/actions'
import { chainOf } from '../chainOf.js'
import type { CreateClient } from '../Client.js'
import { type Actions, wagmiClient } from '../wagmiClient.js'

/** AppKit over its wagmi adapter, as its quick start has it; the page has AppKit's own button. */
export const createClient: CreateClient = ([first, ...others]) => {
  if (first === undefined) throw new Error('no network')
  const networks: [AppKitNetwork, ...AppKitNetwork[]] = [chainOf(first), ...others.map(chainOf)]
  const projectId = '00000000000000000000000000000000'
  const adapter = new WagmiAdapter({ networks, projectId })
  createAppKit({
    adapters: [adapter],
    networks,
    projectId,
    metadata: { name: 'AppKit page', description: 'AppKit', url: location.origin, icons: [] },
    features: { analytics: false, email: false, socials: false },
  })
  document.querySelector('#app')?.append(document.createElement('appkit-button'))
  type Config = Parameters<typeof wagmiClient>[0]
  return wagmiClient(adapter.wagmiConfig as unknown as Config, actions as unknown as Actions)
}
