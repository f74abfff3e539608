import type { PublicClient } from 'viem'
import { createPublicClient, defineChain, http } from 'viem'
import type { Stack } from '../stack/stack'

/** How often the page asks the node while it waits, in milliseconds. The demo chain makes a block for every transaction. */
export const pollingInterval = 60

/** The demo chain as viem describes chains. */
export function createChain(stack: Stack) {
  return defineChain({
    id: stack.chainId,
    name: stack.chainName,
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [stack.rpcUrl] } },
    testnet: true,
  })
}

/** A client that reads the demo chain, past the wallet. */
export function createReader(stack: Stack): PublicClient {
  return createPublicClient({
    chain: createChain(stack),
    transport: http(stack.rpcUrl, { retryCount: 1 }),
    pollingInterval,
    cacheTime: 0,
  })
}
