import { defineChain, type Chain } from 'viem'
import type { PageNetwork } from './Client.js'

/** A network as viem and wagmi describe a chain. */
export function chainOf({ id, name, rpcUrl }: PageNetwork): Chain {
  return defineChain({
    id,
    name,
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  })
}

/** A network as EIP-3085 describes a chain. */
export function addChainParameter({ id, name, rpcUrl }: PageNetwork) {
  return {
    chainId: `0x${id.toString(16)}`,
    chainName: name,
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: [rpcUrl],
  }
}
