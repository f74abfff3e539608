/** The part of an EIP-1193 provider that the connector uses. */
export type Eip1193Provider = {
  request(args: { readonly method: string; readonly params?: unknown }): Promise<unknown>
  on(event: string, listener: (data: never) => void): unknown
  removeListener(event: string, listener: (data: never) => void): unknown
}

/** Latchkey's name by EIP-6963. */
export const rdns = 'app.latchkey.wallet'

/**
 * Finds Latchkey by EIP-6963. A wallet that is installed answers while the question is asked, so that nothing has to be waited for.
 *
 * @see https://eips.ethereum.org/EIPS/eip-6963
 */
export function findProvider(): Eip1193Provider | undefined {
  if (typeof window === 'undefined') return undefined
  let found: Eip1193Provider | undefined
  function take(event: Event) {
    const { detail } = event as CustomEvent<{ info?: { rdns?: unknown }; provider?: Eip1193Provider } | null>
    if (detail?.info?.rdns === rdns) found ??= detail.provider
  }
  window.addEventListener('eip6963:announceProvider', take)
  window.dispatchEvent(new Event('eip6963:requestProvider'))
  window.removeEventListener('eip6963:announceProvider', take)
  return found
}
