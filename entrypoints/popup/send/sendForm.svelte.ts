import type { Address } from 'viem'
import { messageOf } from '@/entrypoints/popup/messageOf'
import { Polled } from '@/entrypoints/popup/parts/polled.svelte'
import { parseAmount } from '@/entrypoints/popup/send/parseAmount'
import { parseRecipient } from '@/entrypoints/popup/send/parseRecipient'
import type { Wallet } from '@/entrypoints/popup/wallet'
import { formatAmount, type Unit } from '@/lib/describe/formatAmount'
import type { SendPlan } from '@/lib/messaging/sendView'
import { formatUnits } from 'viem'

/** What the form needs to know of its page. */
type SendFormOptions = {
  readonly wallet: Wallet
  plan(): SendPlan | null
  unit(): Unit
}

/** A transfer while it is being written. Make it in a component. */
export class SendForm {
  to = $state('')
  amount = $state('')
  /** The owner took note of a danger. */
  accepted = $state(false)
  busy = $state(false)
  failure = $state<string | null>(null)
  readonly notes: Polled<Awaited<ReturnType<typeof checked>>>
  readonly quote: Polled<Awaited<ReturnType<typeof quoted>>>
  #options: SendFormOptions

  constructor(options: SendFormOptions) {
    this.#options = options
    const { wallet, plan } = options
    const place = (to: Address | null) => {
      const now = plan()
      return now === null ? null : `${now.account} ${now.chainId} ${now.asset} ${to ?? ''}`
    }
    this.notes = new Polled({
      place: () => (this.recipient.address === null ? null : place(this.recipient.address)),
      read: () => checked(wallet, plan(), this.recipient.address),
    })
    this.quote = new Polled({
      place: () => place(this.recipient.address),
      read: () => quoted(wallet, plan(), this.recipient.address),
    })
  }

  readonly recipient = $derived(parseRecipient(this.to))
  readonly typed = $derived.by(() => parseAmount(this.amount, this.#options.unit()))

  /** What is wrong with the amount. */
  get amountError(): string | null {
    if (this.typed.error !== null) return this.typed.error
    const { amount } = this.typed
    const quote = this.quote.answer
    if (amount === null || quote === null) return null
    const unit = this.#options.unit()
    if (amount > quote.balance) return `You have ${formatAmount(quote.balance, unit)}, not more.`
    if (amount > quote.most)
      return `That leaves nothing for the fee. Send ${formatAmount(quote.most, unit)} at most.`
    return null
  }

  /** Whether the rest is known and right, so that the owner can go on. */
  get isReady(): boolean {
    return (
      this.recipient.address !== null &&
      this.notes.answer !== null &&
      this.typed.amount !== null &&
      this.amountError === null
    )
  }

  /** Writes the most that can be sent. */
  takeMost(): void {
    const most = this.quote.answer?.most
    if (most !== undefined) this.amount = formatUnits(most, this.#options.unit().decimals)
  }

  /** Opens the approval, which shows what is signed. */
  async submit(): Promise<void> {
    const { wallet, plan } = this.#options
    const now = plan()
    const { address } = this.recipient
    const { amount } = this.typed
    if (now === null || address === null || amount === null) return
    this.busy = true
    this.failure = null
    try {
      const { approvalId } = await wallet.command('send', { ...now, to: address, amount })
      wallet.open(`#/approve/${approvalId}`)
    } catch (error) {
      this.failure = messageOf(error)
    } finally {
      this.busy = false
    }
  }
}

async function checked(wallet: Wallet, plan: SendPlan | null, to: Address | null) {
  return plan === null || to === null ? { notes: [] } : wallet.command('sendCheck', { ...plan, to })
}

async function quoted(wallet: Wallet, plan: SendPlan | null, to: Address | null) {
  return plan === null ? null : wallet.command('sendQuote', { ...plan, to })
}
