import { Answers } from './Answers'
import { difference, outcomeOf } from './difference'
import { errorName } from './encodeRefusal'
import type { Player } from './Player'
import { deployFile, replay } from './replay'
import type { Scenario } from './scenario'
import type { Script } from './Script'
import { newScript } from './world'

/** A scenario in which wallet and chain disagree. */
export type Disagreement = {
  readonly scenario: Scenario
  /** Place of the step that differs, the creation being 0. */
  readonly at: number
  readonly what: string
}

/** What a batch of scenarios showed. */
export type Comparison = {
  readonly disagreements: readonly Disagreement[]
  /** How often each outcome was met on chain. */
  readonly counts: Readonly<Record<string, number>>
}

type Made = { readonly scenario: Scenario; readonly player: Player }

/**
 * Plays scenarios in the wallet and on a chain, and compares step by step. After a first difference a scenario's rest is not
 * judged.
 *
 * @param make - Plays all scenarios into the script, in order.
 * @param name - Of the process.
 */
export async function compare(make: (script: Script) => Promise<Made[]>, name: string): Promise<Comparison> {
  const { script, calls } = newScript(deployFile)
  const made = await make(script)
  const answers = await replay(script, name)
  for (let call = 0; call < calls; call++)
    if (!answers.call().ok) throw new Error(`Deployment step ${call} failed on the replay's chain.`)
  const counts: Record<string, number> = {}
  const disagreements: Disagreement[] = []
  for (const { scenario, player } of made) {
    const found = judge(scenario, player, answers, counts)
    if (found) disagreements.push(found)
  }
  if (!answers.isAtEnd) throw new Error('The replay answered more than was asked.')
  return { disagreements, counts }
}

function judge(
  scenario: Scenario,
  player: Player,
  answers: Answers,
  counts: Record<string, number>,
): Disagreement | null {
  let found: Disagreement | null = null
  for (const [at, played] of player.played.entries()) {
    const answer = answers.call()
    if (found) continue
    const what = difference(played, answer, scenario.spec)
    if (what !== null) {
      found = { scenario, at, what }
      continue
    }
    const { expected, step } = played
    const count = (name: string) => (counts[name] = (counts[name] ?? 0) + 1)
    if (step.kind !== 'operation') {
      count(step.kind)
      continue
    }
    const { status, data } = outcomeOf(answer)
    if (expected.kind === 'stricter')
      count(`stricter: ${expected.rule}, chain ${status === 'reverted' ? 'refuses too' : 'allows'}`)
    else count(status === 'reverted' ? `refused: ${errorName(data)}` : status)
  }
  return found
}
