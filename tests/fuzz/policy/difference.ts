import type { Hex } from 'viem'
import { remaining } from '@/lib/policy/remaining'
import type { SessionSpec } from '@/lib/policy/spec'
import type { Answer } from './Answers'
import { errorName } from './encodeRefusal'
import type { Played } from './Player'
import { codec } from './world'

/** How an operation fared on chain. */
export type Outcome = { readonly status: 'allowed' | 'withheld' | 'reverted'; readonly data: Hex }

/** How an operation fared, from what `Replay.t.sol` answered. */
export function outcomeOf({ data }: Answer): Outcome {
  const status = (['reverted', 'allowed', 'withheld'] as const)[Number(data.slice(0, 4))]
  if (status === undefined) throw new TypeError(`The replay answered ${data}.`)
  return { status, data: `0x${data.slice(4)}` }
}

/** Where wallet and chain disagree about a step, in words; `null` where they agree. */
export function difference({ step, expected }: Played, answer: Answer, spec: SessionSpec): string | null {
  if (expected.kind === 'returned') {
    if (!answer.ok) return `${step.kind} reverted: ${errorName(answer.data)} ${answer.data}`
    return answer.data === expected.data ? null : `${step.kind} returned ${answer.data}, not ${expected.data}`
  }
  if (expected.kind === 'state') {
    if (!answer.ok) return `sessionState reverted: ${answer.data}`
    return stateDifference(expected, answer.data, spec, step.now)
  }
  const outcome = outcomeOf(answer)
  const chainAllows = outcome.status !== 'reverted' && isTimely(outcome.data, step.now)
  switch (expected.kind) {
    case 'accepted':
      if (outcome.status === 'reverted')
        return `local allows, chain refuses: ${errorName(outcome.data)} ${outcome.data}`
      if (outcome.status === 'withheld') return `local allows, chain withholds: ${outcome.data}`
      return outcome.data === expected.data
        ? null
        : `validation data: local ${expected.data}, chain ${outcome.data}`
    case 'withheld':
      if (outcome.status === 'withheld' && outcome.data === expected.data) return null
      return `to be withheld with ${expected.data}, but ${outcome.status}: ${outcome.data}`
    case 'refused':
      if (chainAllows) return `local refuses with ${errorName(expected.data)}, chain allows: ${outcome.data}`
      if (outcome.status === 'reverted' && outcome.data === expected.data) return null
      return `refusals differ: local ${errorName(expected.data)} ${expected.data}, chain ${errorName(outcome.data)} ${outcome.data}`
    case 'refusedSomehow':
      return chainAllows ? `local refuses, chain allows: ${outcome.data}` : null
    case 'stricter':
      return null
  }
}

/** Whether EntryPoint takes this validation data at this time, were the signature right. */
export function isTimely(validationData: Hex, now: number): boolean {
  const data = BigInt(validationData)
  const validUntil = Number((data >> 160n) & (2n ** 48n - 1n))
  return now > Number(data >> 208n) && (validUntil === 0 || now <= validUntil)
}

function stateDifference(
  expected: Extract<Played['expected'], { kind: 'state' }>,
  data: Hex,
  spec: SessionSpec,
  now: number,
): string | null {
  const state = expected.status === 'active' ? codec.decodeSessionState(spec, data) : null
  if (state === null) {
    // Of a closed session the status alone means something: the first word behind the offset.
    const status = Number(BigInt(`0x${data.slice(66, 130)}`))
    return status === 2 ? null : `status: local closed, chain ${status}`
  }
  if (state.status !== 'active') return `status: local active, chain ${state.status}`
  const [local, chain] = [expected.usage, state.usage].map((usage) =>
    remaining(spec, usage, now).map(({ cell, left, resetsAt }) => `${cell}: ${left} until ${resetsAt}`),
  )
  const at = local?.findIndex((line, index) => line !== chain?.[index]) ?? -1
  return at < 0 ? null : `what remains: local ${local?.[at]}, chain ${chain?.[at]}`
}
