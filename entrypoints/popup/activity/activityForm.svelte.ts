import type { Address, Hex } from 'viem'
import type { ActivityFilter, ActivityState } from '@/lib/messaging/activityQuery'
import type { ActivityView } from '@/lib/messaging/views'

/** Stands for the wallet itself where a site is chosen: no origin reads like this. */
export const walletItself = 'wallet'

/** What is searched for and chosen on the activity page; an empty choice is all. */
export class ActivityForm {
  text = $state('')
  site = $state('')
  account = $state('')
  chain = $state('')
  signedBy = $state<'' | ActivityView['signedBy']>('')
  state = $state<'' | ActivityState>('')
  purpose = $state<'' | ActivityView['purpose']>('')
  /** The one session that is looked at. */
  session = $state<'' | Hex>('')

  /** @param session - As the address of the page names it. */
  constructor(session: string | null) {
    if (isHash(session)) this.session = session
  }

  get filter(): ActivityFilter {
    const { site, account, chain, signedBy, state, purpose, session } = this
    const text = this.text.trim()
    return {
      ...(site && { origin: site === walletItself ? null : site }),
      ...(account && { account: account as Address }),
      ...(chain && { chainId: Number(chain) }),
      ...(signedBy && { signedBy }),
      ...(state && { state }),
      ...(purpose && { purpose }),
      ...(session && { sessionId: session }),
      ...(text && { text: text.slice(0, 200) }),
    }
  }

  /** How many choices narrow the list, the search and the session aside. */
  get chosen(): number {
    return Object.keys(this.filter).filter((name) => name !== 'text' && name !== 'sessionId').length
  }

  clear() {
    this.text = ''
    this.site = ''
    this.account = ''
    this.chain = ''
    this.signedBy = ''
    this.state = ''
    this.purpose = ''
    this.session = ''
  }
}

function isHash(text: string | null): text is Hex {
  return text !== null && /^0x[0-9a-f]{64}$/.test(text)
}
