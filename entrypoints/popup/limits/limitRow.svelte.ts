import { formatUnits, getAddress, isAddress, parseUnits } from 'viem'
import type { Unit } from '@/lib/describe/formatAmount'
import { eachPeriod } from '@/lib/describe/periodText'
import type { Knob } from '@/lib/policy/knobs'
import { limitWithin } from '@/lib/policy/limitWithin'
import type { UsageLimit } from '@/lib/policy/spec'
import type { TimeSpan } from '@/lib/policy/worstCase'

/** Periods that can be chosen, in seconds. */
const periods = [3600, 86_400, 604_800]

/** One number of a session while the owner changes it. */
export class LimitRow {
  /** An amount in the unit, or an address; empty for none. */
  text = $state('')
  /** Of a limit: `Unlimited`, `Lifetime`, or the seconds of a period. */
  often = $state('')
  readonly label: string
  readonly unit: Unit
  /** As it was asked for. */
  readonly asked: Knob
  #bounded: boolean

  /**
   * @param current - As it is now.
   * @param bounded - Whether it may not pass what was asked.
   */
  constructor(asked: Knob, current: Knob, words: { label: string; unit: Unit }, bounded: boolean) {
    this.asked = asked
    this.label = words.label
    this.unit = words.unit
    this.#bounded = bounded
    this.text = this.#textOf(current)
    this.often = current.kind === 'limit' ? oftenOf(current.limit) : ''
  }

  /** What can be chosen for {@link often}; none where it is no limit. */
  get choices(): { value: string; text: string }[] {
    if (this.asked.kind !== 'limit') return []
    const { limitType, period } = this.asked.limit
    const lengths =
      limitType === 'Allowance' ? [period, ...periods.filter((length) => length !== period)] : periods
    const ofPeriods = lengths
      .sort((a, b) => a - b)
      .map((length) => ({ value: String(length), text: eachPeriod(length) }))
    const free = limitType === 'Unlimited' || (!this.#bounded && this.asked.at !== 'fee')
    return [
      ...(free ? [{ value: 'Unlimited', text: 'no limit' }] : []),
      { value: 'Lifetime', text: 'in all' },
      ...ofPeriods,
    ]
  }

  /** Whether an amount is to be entered. */
  get needsAmount(): boolean {
    return this.asked.kind !== 'limit' || this.often !== 'Unlimited'
  }

  /** What is wrong with it. @param span - From now to the end of the session. */
  error(span: TimeSpan): string | undefined {
    const { asked } = this
    const text = this.text.trim()
    if (asked.kind === 'only')
      return text === '' || isAddress(text, { strict: false })
        ? undefined
        : 'An address: 0x and 40 digits, or empty for anyone.'
    if (!this.needsAmount) return undefined
    if (text === '' && asked.kind === 'most' && (asked.most === null || !this.#bounded)) return undefined
    const match = /^\d{1,40}(?:\.(\d+))?$/.exec(text)
    if (match === null)
      return this.unit.decimals > 0 ? 'A number, like 10 or 0.5.' : 'A whole number, like 10.'
    if ((match[1] ?? '').length > this.unit.decimals)
      return this.unit.decimals === 0
        ? 'A whole number.'
        : `At most ${this.unit.decimals} digits after the point.`
    const knob = this.#parsed()
    if (knob.kind === 'limit' && asked.kind === 'limit') {
      if (asked.at === 'uses' && knob.limit.limit === 0n)
        return 'At least 1. To allow none, switch it off above.'
      return this.#bounded && !limitWithin(asked.limit, knob.limit, span) ? this.#tooMuch : undefined
    }
    const tooMuch =
      knob.kind === 'most' && asked.kind === 'most' && asked.most !== null && (knob.most ?? 0n) > asked.most
    return this.#bounded && tooMuch ? this.#tooMuch : undefined
  }

  /** As it is to be; as it was asked for while something is wrong with it. */
  turned(span: TimeSpan): Knob {
    return this.error(span) === undefined ? this.#parsed() : this.asked
  }

  get #tooMuch(): string {
    const often = this.asked.kind === 'limit' ? ` ${textOfOften(this.asked.limit)}` : ''
    return `More than what was asked: ${this.#textOf(this.asked)} ${this.unit.symbol}${often}.`
  }

  #parsed(): Knob {
    const text = this.text.trim()
    const { asked } = this
    if (asked.kind === 'only') return { ...asked, only: text === '' ? null : getAddress(text) }
    if (asked.kind === 'most')
      return { ...asked, most: text === '' ? null : parseUnits(text, this.unit.decimals) }
    return { ...asked, limit: limitOf(this.often, text, this.unit) }
  }

  #textOf(knob: Knob): string {
    if (knob.kind === 'only') return knob.only ?? ''
    if (knob.kind === 'most') return knob.most === null ? '' : formatUnits(knob.most, this.unit.decimals)
    return knob.limit.limitType === 'Unlimited' ? '' : formatUnits(knob.limit.limit, this.unit.decimals)
  }
}

function oftenOf({ limitType, period }: UsageLimit): string {
  return limitType === 'Allowance' ? String(period) : limitType
}

function textOfOften({ limitType, period }: UsageLimit): string {
  return limitType === 'Allowance' ? eachPeriod(period) : 'in all'
}

function limitOf(often: string, text: string, { decimals }: Unit): UsageLimit {
  if (often === 'Unlimited') return { limitType: 'Unlimited', limit: 0n, period: 0 }
  const limit = parseUnits(text, decimals)
  if (often === 'Lifetime') return { limitType: 'Lifetime', limit, period: 0 }
  return { limitType: 'Allowance', limit, period: Number(often) }
}
