import { numberToHex } from 'viem'
import { privateKeyToAddress } from 'viem/accounts'
import type { Address } from 'viem'
import { Player, type Rules } from './Player'
import { Random } from './Random'
import { randomSpec } from './randomSpec'
import { randomStep } from './randomStep'
import type { Scenario, Step } from './scenario'
import type { Script } from './Script'

/** Keys are few, as deriving an address takes longer than all the rest. */
const keys = [1n, 2n, 3n].map((key) => {
  const privateKey = numberToHex(key << 200n, { size: 32 })
  return { privateKey, signer: privateKeyToAddress(privateKey).toLowerCase() as Address }
})
const starts = [...Array<number>(12).fill(1_800_000_000), 1_735_689_600, 90, 2 ** 32 - 50_000]

/** Makes scenario `index` of a seed, and plays it as it grows. */
export async function randomScenario(
  seed: number,
  index: number,
  script: Script,
  rules: Rules,
): Promise<{ readonly scenario: Scenario; readonly player: Player }> {
  const random = new Random(seed, index)
  const { privateKey, signer } = random.pick(keys)
  const createdAt = random.pick(starts) + random.below(100_000)
  const length = random.pick([60, 7200, 3 * 86_400, 30 * 86_400, 365 * 86_400, 365 * 86_400])
  const spec = randomSpec(random, signer, createdAt + random.between(1, length))
  const start = { index, spec, privateKey, createdAt }
  const player = new Player(script, start, rules)
  const steps: Step[] = []
  let now = createdAt
  for (let count = random.between(3, 9); count > 0; count--) {
    const step = randomStep(random, { spec, usage: player.usage, now })
    now = step.now
    steps.push(step)
    await player.play(step)
  }
  player.finish(now)
  return { scenario: { ...start, steps }, player }
}

/** Plays a scenario that exists. */
export async function playScenario(scenario: Scenario, script: Script, rules: Rules): Promise<Player> {
  const player = new Player(script, scenario, rules)
  for (const step of scenario.steps) await player.play(step)
  player.finish(scenario.steps.at(-1)?.now ?? scenario.createdAt)
  return player
}
