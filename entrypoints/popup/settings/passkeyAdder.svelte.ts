import { messageOf } from '@/entrypoints/popup/messageOf'
import type { Wallet } from '@/entrypoints/popup/wallet'
import type { NewPasskey } from '@/lib/messaging/popup'
import type { AccountView } from '@/lib/messaging/views'

/** Makes a further passkey of an account, and opens the approvals that add, spread or remove one. */
export class PasskeyAdder {
  /** Which passkey is at work; `new` for the one being made. */
  busy = $state<string | null>(null)
  /** Why the last try gave nothing, for the owner. */
  failure = $state<string | null>(null)
  #wallet: Wallet
  /** Made, but not yet in the wallet: a second try uses it instead of making another. */
  #spare: NewPasskey | null = null

  constructor(wallet: Wallet) {
    this.#wallet = wallet
  }

  /** One gesture makes the passkey; an approval by one that owns the account then adds it. */
  add({ address, id, passkeys }: AccountView): Promise<void> {
    return this.#run('new', async () => {
      this.#spare ??= await this.#wallet.createPasskey({
        userName: `Latchkey ${passkeys.length + 1}`,
        // The user handle carries the account.
        userId: id as `0x${string}`,
        excludeCredentialIds: passkeys.map(({ credentialId }) => credentialId),
      })
      const { approvalIds } = await this.#wallet.command('addPasskey', {
        account: address,
        passkey: this.#spare,
      })
      this.#spare = null
      this.#open(approvalIds[0])
    })
  }

  /** Adds a passkey that the account has elsewhere on one more chain. */
  spread({ address }: AccountView, credentialId: `0x${string}`, chainId: number): Promise<void> {
    return this.#run(credentialId, async () => {
      const { approvalId } = await this.#wallet.command('addPasskeyOn', {
        account: address,
        credentialId,
        chainId,
      })
      this.#open(approvalId)
    })
  }

  remove({ address }: AccountView, credentialId: `0x${string}`, keepSessions: boolean): Promise<void> {
    return this.#run(credentialId, async () => {
      const { approvalIds } = await this.#wallet.command('removePasskey', {
        account: address,
        credentialId,
        keepSessions,
      })
      this.#open(approvalIds[0])
    })
  }

  #open(approvalId: string | undefined) {
    if (approvalId !== undefined) this.#wallet.open(`#/approve/${approvalId}`)
  }

  async #run(busy: string, work: () => Promise<void>) {
    if (this.busy !== null) return
    this.busy = busy
    this.failure = null
    try {
      await work()
    } catch (error) {
      this.failure = messageOf(error)
    } finally {
      this.busy = null
    }
  }
}
