import type { Address } from 'viem'
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

  get filter(): ActivityFilter {
    const { site, account, chain, signedBy, state, purpose } = this
    const text = this.text.trim()
    return {
      ...(site && { origin: site === walletItself ? null : site }),
      ...(account && { account: account as Address }),
      ...(chain && { chainId: Number(chain) }),
      ...(signedBy && { signedBy }),
      ...(state && { state }),
      ...(purpose && { purpose }),
      ...(text && { text: text.slice(0, 200) }),
    }
  }

  /** How many choices narrow the list, the search aside. */
  get chosen(): number {
    return Object.keys(this.filter).filter((name) => name !== 'text').length
  }

  clear() {
    this.text = ''
    this.site = ''
    this.account = ''
    this.chain = ''
    this.signedBy = ''
    this.state = ''
    this.purpose = ''
  }
}
