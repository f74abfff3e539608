const rdns = 'app.latchkey.wallet'

/**
 * Tells whether Latchkey announced itself to this page by EIP-6963.
 *
 * @param patience - How long to wait for the announcement, in milliseconds.
 */
export async function findWallet(patience = 600): Promise<boolean> {
  return new Promise((resolve) => {
    const finish = (found: boolean) => {
      window.removeEventListener('eip6963:announceProvider', onAnnounce)
      clearTimeout(timer)
      resolve(found)
    }
    const onAnnounce = (event: Event) => {
      const { detail } = event as CustomEvent<{ info?: { rdns?: string } } | undefined>
      if (detail?.info?.rdns === rdns) finish(true)
    }
    const timer = setTimeout(() => finish(false), patience)
    window.addEventListener('eip6963:announceProvider', onAnnounce)
    window.dispatchEvent(new Event('eip6963:requestProvider'))
  })
}
