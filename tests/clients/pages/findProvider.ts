import type { EIP1193Provider } from 'viem'
import { rdns } from './recordRequests.js'

/** Finds the wallet by EIP-6963, for libraries that leave this to the dapp. */
export function findProvider(): EIP1193Provider {
  let found: EIP1193Provider | undefined
  window.addEventListener('eip6963:announceProvider', (event) => {
    const { detail } = event as CustomEvent<{ info: { rdns: string }; provider: EIP1193Provider }>
    if (detail.info.rdns === rdns) found = detail.provider
  })
  window.dispatchEvent(new Event('eip6963:requestProvider'))
  if (found === undefined) throw new Error('The wallet did not announce itself.')
  return found
}
