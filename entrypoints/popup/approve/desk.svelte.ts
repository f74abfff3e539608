import { messageOf } from '@/entrypoints/popup/messageOf'
import type { Wallet } from '@/entrypoints/popup/wallet'
import type { SuggestionView } from '@/lib/messaging/suggestionView'
import type { ApprovalRequest } from '@/lib/messaging/views'
import type { Coverage } from '@/lib/policy/coverage'
import type { SessionSpec } from '@/lib/policy/spec'

/** Something that the owner does with an approval. */
type Work = 'agree' | 'reject' | 'retry' | 'widen' | 'narrow' | 'suggest' | 'decline'

/** The owner's answer to one approval: what is under way, what went wrong, how it ended. */
export class Desk {
  /** What is under way. */
  busy = $state<Work | null>(null)
  /** True while the owner changes limits: what is shown is not yet what would be approved. */
  editing = $state(false)
  /** True while the browser shows its passkey prompt. */
  prompting = $state(false)
  /** Why the last try gave nothing, for the owner. The approval stays open for another. */
  failure = $state<string | null>(null)
  /** How this page ended it. */
  ended = $state<'agreed' | 'rejected' | null>(null)
  #wallet: Wallet
  #id: string

  constructor(wallet: Wallet, id: string) {
    this.#wallet = wallet
    this.#id = id
  }

  /**
   * Freezes the request, asks the passkey where one is needed, and hands its answer in.
   *
   * @param request - As it is shown: another session is not signed.
   */
  agree(request: ApprovalRequest): Promise<void> {
    return this.#run('agree', async () => {
      const spec = request.kind === 'session' ? request.spec : undefined
      const ceremony = await this.#wallet.command('approvalStart', { id: this.#id, spec })
      if (ceremony !== null) {
        this.prompting = true
        const assertion = await this.#wallet.assertPasskey(ceremony)
        this.prompting = false
        await this.#wallet.command('approvalFinish', { id: this.#id, assertion })
      }
      this.ended = 'agreed'
    })
  }

  reject(): Promise<void> {
    return this.#run('reject', async () => {
      await this.#wallet.command('approvalReject', { id: this.#id })
      this.ended = 'rejected'
    })
  }

  retry(): Promise<void> {
    return this.#run('retry', async () => {
      await this.#wallet.command('approvalRetry', { id: this.#id })
    })
  }

  /** Turns to the wider session that would let the request through, or back to the request. */
  widen(wide: boolean): Promise<void> {
    return this.#run('widen', async () => {
      await this.#wallet.command('approvalWiden', { id: this.#id, widen: wide })
    })
  }

  /** The session that could sign the like from now on. @throws An error whose message is fit to be shown. */
  suggestion(): Promise<SuggestionView | null> {
    return this.#wallet.command('suggestion', { id: this.#id })
  }

  /** Turns to that session. */
  suggest(): Promise<void> {
    return this.#run('suggest', async () => {
      await this.#wallet.command('approvalSuggest', { id: this.#id })
    })
  }

  /** Has it not offered by itself again. */
  decline(): Promise<void> {
    return this.#run('decline', async () => {
      await this.#wallet.command('declineSuggestion', { id: this.#id })
    })
  }

  /** How much of what was sent at the site a session would have signed. @throws An error whose message is fit to be shown. */
  coverage(spec: SessionSpec): Promise<Coverage> {
    return this.#wallet.command('coverage', { id: this.#id, spec })
  }

  /**
   * Takes away from the session that is asked for; `null` turns back to it as it was asked.
   *
   * @returns Whether it is done.
   */
  async narrow(spec: SessionSpec | null): Promise<boolean> {
    let done = false
    await this.#run('narrow', async () => {
      await this.#wallet.command('approvalNarrow', { id: this.#id, spec })
      done = true
    })
    return done
  }

  async #run(work: Work, run: () => Promise<void>) {
    if (this.busy !== null) return
    this.busy = work
    this.failure = null
    try {
      await run()
    } catch (error) {
      this.failure = messageOf(error)
    } finally {
      this.busy = null
      this.prompting = false
    }
  }
}
