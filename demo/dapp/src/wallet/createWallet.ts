import type { Config } from '@wagmi/core'
import { createConfig, http } from '@wagmi/core'
import { ssoConnector } from '@/lib/connector/index'
import { createChain, pollingInterval } from '../chain/createChain'
import { sessionPreferences } from '../session/sessionPreferences'
import type { Stack } from '../stack/stack'

/** The wagmi configuration: one chain, one connector, and the session that connecting asks for. */
export function createWallet(stack: Stack): Config {
  const chain = createChain(stack)
  return createConfig({
    chains: [chain],
    transports: { [chain.id]: http(stack.rpcUrl) },
    connectors: [
      ssoConnector({
        session: sessionPreferences(stack),
        paymaster: { address: stack.demo.paymaster, url: stack.paymasterUrl },
      }),
    ],
    multiInjectedProviderDiscovery: false,
    pollingInterval,
  })
}
