import { LimitRow } from '@/entrypoints/popup/limits/limitRow.svelte'
import { localMinute } from '@/entrypoints/popup/limits/localMinute'
import { PolicyEntry } from '@/entrypoints/popup/limits/policyEntry.svelte'
import type { DescribeContext } from '@/lib/describe/context'
import { formatMoment } from '@/lib/describe/formatTime'
import { keyOf } from '@/lib/policy/carryUsage'
import { policiesOf } from '@/lib/policy/cells'
import type { Knob } from '@/lib/policy/knobs'
import type { SessionSpec } from '@/lib/policy/spec'
import type { TimeSpan } from '@/lib/policy/worstCase'

/** What a {@link LimitForm} starts from. */
export type LimitFormOptions = {
  /** As it was asked for. */
  readonly asked: SessionSpec
  /** As it is now. */
  readonly current: SessionSpec
  readonly context: DescribeContext
  /** Whether nothing may pass what was asked. */
  readonly bounded: boolean
}

/** The limits of a session while the owner changes them. */
export class LimitForm {
  /** Local time, `YYYY-MM-DDTHH:mm`. */
  ends = $state('')
  readonly entries: readonly PolicyEntry[]
  readonly fees: LimitRow
  readonly asked: SessionSpec
  readonly bounded: boolean
  #context: DescribeContext
  #currentEnd: number

  constructor({ asked, current, context, bounded }: LimitFormOptions) {
    this.asked = asked
    this.bounded = bounded
    this.#context = context
    this.#currentEnd = current.expiresAt
    this.ends = localMinute(current.expiresAt)
    const now = policiesOf(current)
    this.entries = policiesOf(asked).map(
      (policy) =>
        new PolicyEntry(
          policy,
          now.find((own) => keyOf(own) === keyOf(policy)),
          context,
          bounded,
        ),
    )
    const fee = (limit: SessionSpec['feeLimit']): Knob => ({ kind: 'limit', at: 'fee', limit })
    const words = { label: 'Fees', unit: context.currency }
    this.fees = new LimitRow(fee(asked.feeLimit), fee(current.feeLimit), words, bounded)
  }

  /** When the session is to end, in Unix seconds; the exact second that was asked for while its minute is shown. */
  get expiresAt(): number {
    const known = [this.#currentEnd, this.asked.expiresAt].find((at) => localMinute(at) === this.ends)
    return known ?? Math.floor(Date.parse(this.ends) / 1000)
  }

  get endError(): string | undefined {
    const { expiresAt, asked } = this
    if (!Number.isFinite(expiresAt)) return 'A day and a time.'
    if (expiresAt < this.#context.now + 60) return 'A time that is still to come.'
    return this.bounded && expiresAt > asked.expiresAt
      ? `Later than what was asked: ${formatMoment(asked.expiresAt, this.#context)}.`
      : undefined
  }

  /** From now to the end. */
  get span(): TimeSpan {
    return {
      from: this.#context.now,
      until: this.endError === undefined ? this.expiresAt : this.asked.expiresAt,
    }
  }

  /** Whether the whole of it can be used. */
  get valid(): boolean {
    const { span } = this
    return (
      this.endError === undefined &&
      this.fees.error(span) === undefined &&
      this.entries.some(({ on }) => on) &&
      this.entries.every((entry) => entry.valid(span))
    )
  }

  /** The session as it is entered; as it was asked for where something is wrong. */
  get spec(): SessionSpec {
    const { span } = this
    const policies = this.entries.filter(({ on }) => on).map((entry) => entry.policy(span))
    const fees = this.fees.turned(span)
    return {
      ...this.asked,
      expiresAt: span.until,
      feeLimit: fees.kind === 'limit' ? fees.limit : this.asked.feeLimit,
      transferPolicies: policies.filter((policy) => policy.kind === 'transfer').map(withoutKind),
      callPolicies: policies.filter((policy) => policy.kind === 'call').map(withoutKind),
    }
  }
}

function withoutKind<policy extends { readonly kind: string }>({ kind: _, ...policy }: policy) {
  return policy
}
