/** The part of an EIP-1193 provider that the connector uses. */
export type Eip1193Provider = {
  request(args: { readonly method: string; readonly params?: unknown }): Promise<unknown>
  on(event: string, listener: (data: never) => void): unknown
  removeListener(event: string, listener: (data: never) => void): unknown
}

/** Latchkey's name by EIP-6963. */
export const rdns = 'app.latchkey.wallet'

/**
 * Finds Latchkey by EIP-6963, if it has announced itself: a wallet that was there before the page answers while it is asked.
 * `waitForProvider` also finds one that comes later.
 *
 * @see https://eips.ethereum.org/EIPS/eip-6963
 */
export function findProvider(): Eip1193Provider | undefined {
  if (typeof window === 'undefined') return undefined
  let found: Eip1193Provider | undefined
  function take(event: Event) {
    found ??= announcedBy(event)
  }
  window.addEventListener('eip6963:announceProvider', take)
  window.dispatchEvent(new Event('eip6963:requestProvider'))
  window.removeEventListener('eip6963:announceProvider', take)
  return found
}

/** Latchkey's provider, of an `eip6963:announceProvider` event; `undefined` when another wallet announced itself. */
export function announcedBy(event: Event): Eip1193Provider | undefined {
  const { detail } = event as CustomEvent<{ info?: { rdns?: unknown }; provider?: Eip1193Provider } | null>
  return detail?.info?.rdns === rdns ? detail.provider : undefined
}
