import { messageOf } from '@/entrypoints/popup/messageOf'
import type { Wallet } from '@/entrypoints/popup/wallet'
import type { FoundPasskey, Restoration } from '@/lib/messaging/popup'

/** Brings back the accounts of a passkey that exists already: one touch where a chain knows it, two where none does. */
export class PasskeyRestorer {
  busy = $state(false)
  /** Why the last try gave nothing, for the owner. */
  failure = $state<string | null>(null)
  /** The answer that is not enough alone; the same passkey is asked once more. */
  first = $state.raw<FoundPasskey | null>(null)
  restored = $state.raw<Extract<Restoration, { outcome: 'restored' }> | null>(null)
  #wallet: Wallet

  constructor(wallet: Wallet) {
    this.#wallet = wallet
  }

  /** Asks for a passkey, or the one that answered already, and restores its accounts if that is enough. */
  async restore(): Promise<void> {
    if (this.busy) return
    this.busy = true
    this.failure = null
    try {
      const { first } = this
      const answer = await this.#wallet.findPasskey({ credentialId: first?.credentialId })
      const answers = first === null ? [answer] : [first, answer]
      const result = await this.#wallet.command('restoreAccount', { answers })
      this.first = result.outcome === 'again' ? answer : null
      if (result.outcome === 'restored') this.restored = result
    } catch (error) {
      this.failure = messageOf(error)
    } finally {
      this.busy = false
    }
  }

  /** Starts again, with any passkey. */
  forget(): void {
    this.first = null
    this.failure = null
  }
}
