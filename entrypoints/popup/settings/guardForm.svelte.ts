import { formatUnits, parseUnits } from 'viem'
import { messageOf } from '@/entrypoints/popup/messageOf'
import { assetOf, type GuardAsset } from '@/entrypoints/popup/settings/guardAssets'
import type { Wallet } from '@/entrypoints/popup/wallet'
import type { Snapshot } from '@/lib/messaging/views'
import type { Guards } from '@/lib/policy/guards'

/** A ceiling as it is being entered. */
export type CeilingEntry = { readonly asset: GuardAsset; amount: string }

/** The form of the user's own limits: what was entered, what is wrong with it, whether it is saved. */
export class GuardForm {
  /** Empty for no cap. */
  perMinute = $state('')
  pauseAfterRefusals = $state(false)
  ceilings = $state<CeilingEntry[]>([])
  busy = $state(false)
  saved = $state(false)
  /** Why it was not saved, for the owner. */
  failure = $state<string | null>(null)
  #wallet: Wallet
  #before = $state('')

  constructor(snapshot: Snapshot, wallet: Wallet) {
    const { perMinute, daily, pauseAfterRefusals } = snapshot.settings.guards
    this.#wallet = wallet
    this.perMinute = perMinute === null ? '' : String(perMinute)
    this.pauseAfterRefusals = pauseAfterRefusals
    this.ceilings = daily.map((ceiling) => {
      const asset = assetOf(snapshot, ceiling)
      return { asset, amount: formatUnits(ceiling.limit, asset.decimals) }
    })
    this.#before = this.#text
  }

  get #text(): string {
    const ceilings = this.ceilings.map(({ asset, amount }) => [asset.id, amount.trim()])
    return JSON.stringify([this.perMinute.trim(), this.pauseAfterRefusals, ceilings])
  }

  /** Whether something differs from what is saved. */
  get edited(): boolean {
    return this.#text !== this.#before
  }

  /** What is wrong with the cap of the minute. */
  get perMinuteError(): string | undefined {
    const text = this.perMinute.trim()
    return text === '' || (/^\d{1,4}$/.test(text) && Number(text) <= 1000)
      ? undefined
      : 'A whole number from 0 to 1,000, or empty for no cap.'
  }

  /** What is wrong with a ceiling's amount. */
  amountError({ asset, amount }: CeilingEntry): string | undefined {
    const match = /^\d{1,60}(?:\.(\d+))?$/.exec(amount.trim())
    if (match === null) return 'A number, like 10 or 0.5.'
    const [, fraction = ''] = match
    return fraction.length > asset.decimals ? `At most ${asset.decimals} digits after the point.` : undefined
  }

  get valid(): boolean {
    return (
      this.perMinuteError === undefined && this.ceilings.every((one) => this.amountError(one) === undefined)
    )
  }

  add(asset: GuardAsset): void {
    this.ceilings.push({ asset, amount: '' })
  }

  remove(id: string): void {
    this.ceilings = this.ceilings.filter(({ asset }) => asset.id !== id)
  }

  async save(): Promise<void> {
    if (this.busy || !this.valid) return
    this.busy = true
    this.failure = null
    this.saved = false
    const text = this.#text
    try {
      await this.#wallet.command('setGuards', { guards: this.#guards() })
      this.#before = text
      this.saved = true
    } catch (error) {
      this.failure = messageOf(error)
    } finally {
      this.busy = false
    }
  }

  #guards(): Guards {
    const text = this.perMinute.trim()
    return {
      perMinute: text === '' ? null : Number(text),
      pauseAfterRefusals: this.pauseAfterRefusals,
      daily: this.ceilings.map(({ asset: { chainId, asset, decimals }, amount }) => ({
        chainId,
        asset,
        limit: parseUnits(amount.trim(), decimals),
      })),
    }
  }
}
