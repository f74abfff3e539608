import type { Provider } from '@/lib/provider/createProvider'
import { primordials } from '@/lib/provider/primordials'

/** Sets `window.ethereum` where no other wallet has, and leaves it replaceable. Dapps should find wallets by EIP-6963 instead. */
export function offerEthereum(provider: Provider): void {
  const { CustomEvent, defineProperty, dispatch } = primordials
  if ('ethereum' in window) return
  defineProperty(window, 'ethereum', {
    value: provider,
    configurable: true,
    enumerable: true,
    writable: true,
  })
  dispatch(window, new CustomEvent('ethereum#initialized'))
}
