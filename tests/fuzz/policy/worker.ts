import { compare, type Disagreement } from './compare'
import { walletRules } from './Player'
import { plantedRules } from './plantedRules'
import { randomScenario } from './randomScenario'
import { shrink } from './shrink'

/**
 * Compares the scenarios `first` … `end` − 1 of a seed: `worker.ts <seed> <first> <end> [planted mistake]`. Prints a JSON line per
 * chunk. With a planted mistake it ends at the first disagreement.
 */

const [seed = 0, first = 0, end = 0] = process.argv.slice(2, 5).map(Number)
const planted = process.argv[5]
const chunk = planted === undefined ? 1000 : 200
const rules = planted === undefined ? walletRules : plantedRules(planted)
const name = `${process.pid}`

for (let from = first; from < end; from += chunk) {
  const to = Math.min(end, from + chunk)
  const { disagreements, counts } = await compare(async (script) => {
    const made = []
    for (let index = from; index < to; index++) made.push(await randomScenario(seed, index, script, rules))
    return made
  }, name)
  const [worst] = disagreements
  // A planted mistake need only be found: making it small takes longer than finding it.
  const shown = worst && (planted === undefined ? await shrink(worst, rules, name) : worst)
  print({ from, to, counts, disagreements: disagreements.length, shown: shown && describe(shown) })
  if (planted !== undefined && shown) break
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

function describe({ scenario, at, what }: Disagreement) {
  const shown = JSON.stringify(
    { ...scenario, privateKey: undefined },
    (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value),
    2,
  )
  return { index: scenario.index, at, what, scenario: shown }
}
