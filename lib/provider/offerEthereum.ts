import type { Provider } from '@/lib/provider/createProvider'
import { primordials } from '@/lib/provider/primordials'

/** Dispatched on `window` by the script that is there when the user made Latchkey the default: `entrypoints/inpage-default.content`. */
export const defaultEvent = 'latchkey:default'
/** Dispatched on `window` by the page's script; that script cancels it. */
export const defaultQuestion = 'latchkey:is-default'

/**
 * Sets `window.ethereum` where no other wallet has, and leaves it replaceable. As the user's default wallet, takes it also from
 * another, and keeps it when another is assigned. Dapps should find wallets by EIP-6963 instead.
 */
export function offerEthereum(provider: Provider): void {
  const { CustomEvent, define, dispatch, on } = primordials
  const place = (descriptor: PropertyDescriptor) => {
    // False where another wallet has locked the property: then it keeps it.
    if (define(window, 'ethereum', { ...descriptor, configurable: true, enumerable: true }))
      dispatch(window, new CustomEvent('ethereum#initialized'))
  }
  // A setter without effect rather than an error: the other wallet's script is to run on.
  const take = () => place({ get: () => provider, set: () => undefined })

  const isDefault = !dispatch(window, new CustomEvent(defaultQuestion, { cancelable: true }))
  if (isDefault) take()
  else if (!('ethereum' in window)) place({ value: provider, writable: true })
  on(window, defaultEvent, take)
}
