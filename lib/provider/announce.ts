import type { Provider } from '@/lib/provider/createProvider'
import { icon } from '@/lib/provider/icon'
import { primordials } from '@/lib/provider/primordials'
import { uuid } from '@/lib/provider/uuid'

/** What EIP-6963 says of a wallet. */
export type ProviderInfo = {
  readonly uuid: string
  readonly name: string
  readonly icon: string
  readonly rdns: string
}

/**
 * Announces the provider by EIP-6963, now and whenever a page asks.
 *
 * @see https://eips.ethereum.org/EIPS/eip-6963
 */
export function announce(provider: Provider): void {
  const { CustomEvent, dispatch, freeze, on } = primordials
  const info: ProviderInfo = freeze({ uuid: uuid(), name: 'Latchkey', icon, rdns: 'app.latchkey.wallet' })
  const detail = freeze({ info, provider })
  const say = () => void dispatch(window, new CustomEvent('eip6963:announceProvider', { detail }))
  on(window, 'eip6963:requestProvider', say)
  say()
}
