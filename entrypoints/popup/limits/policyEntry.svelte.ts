import { LimitRow } from '@/entrypoints/popup/limits/limitRow.svelte'
import type { DescribeContext } from '@/lib/describe/context'
import { unitOf, type Unit } from '@/lib/describe/formatAmount'
import { parameterName } from '@/lib/describe/knownText'
import type { AnyPolicy } from '@/lib/policy/cells'
import { closed, knobsOf, opened, turn, type Knob } from '@/lib/policy/knobs'
import { knownFunction } from '@/lib/policy/knownFunctions'
import type { TimeSpan } from '@/lib/policy/worstCase'

/** One policy of a session while the owner changes it. */
export class PolicyEntry {
  /** Whether it is to be part of the session. */
  on = $state(true)
  readonly asked: AnyPolicy
  readonly rows: readonly LimitRow[]
  #base: AnyPolicy

  /**
   * @param current - As it is now; `undefined` when it was taken away.
   * @param bounded - Whether it may not pass what was asked.
   */
  constructor(asked: AnyPolicy, current: AnyPolicy | undefined, context: DescribeContext, bounded: boolean) {
    this.asked = asked
    this.on = current !== undefined
    this.#base = opened(asked)
    this.rows = knobsOf(this.#base).map(
      (knob) =>
        new LimitRow(knob, knobNow(knob, this.#base, current), wordsOf(knob, this.#base, context), bounded),
    )
  }

  valid(span: TimeSpan): boolean {
    return !this.on || this.rows.every((row) => row.error(span) === undefined)
  }

  /** As it is to be; with what was asked where something is wrong. */
  policy(span: TimeSpan): AnyPolicy {
    const turned = this.rows.reduce((policy, row) => turn(policy, row.turned(span)), this.#base)
    return closed(turned, this.asked)
  }
}

/** Where a knob stands in the policy as it is now. */
function knobNow(knob: Knob, base: AnyPolicy, current: AnyPolicy | undefined): Knob {
  if (current === undefined) return knob
  if (knob.kind === 'only') {
    const rules = current.kind === 'call' ? current.constraints : []
    const rule = rules.find(({ index, condition }) => index === knob.word && condition === 'Equal')
    return rule === undefined ? knob : { ...knob, only: `0x${rule.refValue.slice(-40)}` }
  }
  const sameWord = typeof knob.at !== 'number' || wordAt(base, knob.at) === wordAt(current, knob.at)
  const found = knobsOf(current).find((own) => own.kind === knob.kind && 'at' in own && own.at === knob.at)
  return sameWord && found !== undefined ? found : knob
}

function wordAt(policy: AnyPolicy, place: number): number | undefined {
  return policy.kind === 'call' ? policy.constraints[place]?.index : undefined
}

function wordsOf(knob: Knob, policy: AnyPolicy, context: DescribeContext): { label: string; unit: Unit } {
  if (knob.kind === 'only') return { label: 'Only to', unit: { symbol: '', decimals: 0 } }
  if (knob.at === 'uses') return { label: 'How often', unit: { symbol: 'times', decimals: 0 } }
  const what = knob.kind === 'most' ? 'At a time' : 'In total'
  if (typeof knob.at !== 'number' || policy.kind === 'transfer')
    return { label: what, unit: context.currency }
  const word = wordAt(policy, knob.at) ?? 0
  const known = knownFunction(policy.selector)
  if ((known?.kind === 'spend' || known?.kind === 'approve') && known.amount === word)
    return { label: what, unit: unitOf(policy.target, context) }
  const name = parameterName(policy.target, policy.selector, word, context) ?? `word ${word}`
  return {
    label: knob.kind === 'most' ? `Highest ${name}` : `${name} in total`,
    unit: { symbol: '', decimals: 0 },
  }
}
