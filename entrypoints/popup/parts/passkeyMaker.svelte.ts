import { messageOf } from '@/entrypoints/popup/messageOf'
import type { Wallet } from '@/entrypoints/popup/wallet'
import type { AccountView } from '@/lib/messaging/views'

/** One gesture from nothing to an account: makes the passkey, then the account that it owns. */
export class PasskeyMaker {
  busy = $state(false)
  /** Why the last try gave nothing, for the owner. */
  failure = $state<string | null>(null)
  #wallet: Wallet

  constructor(wallet: Wallet) {
    this.#wallet = wallet
  }

  /** @returns The account, or `null` when there is none and `failure` says why. */
  async make(name: string): Promise<AccountView | null> {
    this.busy = true
    this.failure = null
    try {
      const passkey = await this.#wallet.createPasskey({ userName: name })
      return await this.#wallet.command('createAccount', { passkey })
    } catch (error) {
      this.failure = messageOf(error)
      return null
    } finally {
      this.busy = false
    }
  }
}
