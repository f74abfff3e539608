import type { EIP1193Provider } from 'viem'

type Announcement = CustomEvent<{ info: { rdns: string }; provider: EIP1193Provider }>

/** The wallet's provider; `undefined` where it is not installed. */
export function detect(): EIP1193Provider | undefined {
  let found: EIP1193Provider | undefined
  const listen = (event: Event) => {
    const { detail } = event as Announcement
    if (detail.info.rdns === 'app.latchkey.wallet') found = detail.provider
  }
  window.addEventListener('eip6963:announceProvider', listen)
  window.dispatchEvent(new Event('eip6963:requestProvider'))
  window.removeEventListener('eip6963:announceProvider', listen)
  return found
}
