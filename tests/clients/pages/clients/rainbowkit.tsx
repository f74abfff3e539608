import { ConnectButton, getDefaultConfig, RainbowKitProvider } from '@rainbow-me/rainbowkit'
import '@rainbow-me/rainbowkit/styles.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { http, WagmiProvider } from 'wagmi'
import * as actions from 'wagmi/actions'
import { chainOf } from '../chainOf.js'
import type { CreateClient } from '../Client.js'
import { type Actions, wagmiClient } from '../wagmiClient.js'

/** RainbowKit 2 over wagmi 2, as its quick start has it. */
export const createClient: CreateClient = ([first, ...others]) => {
  const app = document.querySelector('#app')
  if (first === undefined || app === null) throw new Error('no network')
  const chains = [chainOf(first), ...others.map(chainOf)] as const
  const transports = Object.fromEntries(chains.map(({ id }) => [id, http()]))
  const config = getDefaultConfig({ appName: 'RainbowKit page', projectId: 'none', chains, transports })
  createRoot(app).render(
    <WagmiProvider config={config}>
      <QueryClientProvider client={new QueryClient()}>
        <RainbowKitProvider>
          <ConnectButton />
        </RainbowKitProvider>
      </QueryClientProvider>
    </WagmiProvider>,
  )
  // WagmiProvider reconnects by itself; the rest of the page is wagmi's.
  type Config = Parameters<typeof wagmiClient>[0]
  return wagmiClient(config as unknown as Config, actions as unknown as Actions)
}
