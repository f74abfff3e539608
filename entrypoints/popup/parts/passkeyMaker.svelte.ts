import { messageOf } from '@/entrypoints/popup/messageOf'
import type { Wallet } from '@/entrypoints/popup/wallet'
import type { NewPasskey } from '@/lib/messaging/popup'
import type { AccountView } from '@/lib/messaging/views'

/** One gesture from nothing to an account: makes the passkey, then the account that it owns. */
export class PasskeyMaker {
  busy = $state(false)
  /** Why the last try gave nothing, for the owner. */
  failure = $state<string | null>(null)
  #wallet: Wallet
  /** Made, but not yet an account's: a second try uses it instead of making another. */
  #spare: NewPasskey | null = null

  constructor(wallet: Wallet) {
    this.#wallet = wallet
  }

  /**
   * @param number - Of the account, for the name that the authenticator lists.
   * @param chainId - Of the network whose contracts it is to run on; the first one by default.
   * @returns The account, or `null` when there is none and `failure` says why.
   */
  async make(number: number, chainId?: number): Promise<AccountView | null> {
    if (this.busy) return null
    this.busy = true
    this.failure = null
    try {
      this.#spare ??= await this.#wallet.createPasskey({ userName: `Latchkey ${number}` })
      const account = await this.#wallet.command('createAccount', { passkey: this.#spare, chainId })
      this.#spare = null
      return account
    } catch (error) {
      this.failure = messageOf(error)
      return null
    } finally {
      this.busy = false
    }
  }
}
