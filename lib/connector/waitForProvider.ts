import { announcedBy, type Eip1193Provider, findProvider } from './findProvider.js'

/** How long a wallet that has not announced itself is waited for, in ms. */
const patience = 1000

/**
 * Finds Latchkey by EIP-6963, and waits up to a second for its announcement: a wallet that is installed while the page is open starts
 * after it.
 *
 * @returns `undefined` when no announcement came.
 * @see https://eips.ethereum.org/EIPS/eip-6963
 */
export async function waitForProvider(): Promise<Eip1193Provider | undefined> {
  const found = findProvider()
  if (found !== undefined || typeof window === 'undefined') return found
  return new Promise((resolve) => {
    function take(event: Event) {
      const provider = announcedBy(event)
      if (provider !== undefined) end(provider)
    }
    function end(provider: Eip1193Provider | undefined) {
      clearTimeout(timer)
      window.removeEventListener('eip6963:announceProvider', take)
      resolve(provider)
    }
    window.addEventListener('eip6963:announceProvider', take)
    const timer = setTimeout(() => end(undefined), patience)
  })
}
