import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

/**
 * Compares the wallet's policy check with the compiled contracts over random sessions and operations, and proves first that planted
 * mistakes are found. Ends with `N passed, N failed`, counting sequences.
 *
 *   node tests/fuzz/policy.mjs [--sequences 20000] [--seed <number>] [--from <first sequence>] [--jobs <processes>]
 *
 * A disagreement is made as small as possible and printed in full; `--seed`, `--from` and `--sequences 1` repeat it.
 */
const { values } = parseArgs({
  options: {
    sequences: { type: 'string', default: '20000' },
    seed: { type: 'string' },
    from: { type: 'string', default: '0' },
    jobs: { type: 'string', default: String(Math.min(8, availableParallelism())) },
  },
})
const [sequences, first, jobs] = [values.sequences, values.from, values.jobs].map(Number)
const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed)
const root = fileURLToPath(new URL('../..', import.meta.url))
const plantedMistakes = ['usesForgotten', 'feeLimitOneLess', 'periodsTooLong']
const mostShown = 5
/** Sequences of a process: its memory is given back after them. */
const portion = 20_000

const totals = { passed: 0, failed: 0, shown: 0 }
const counts = {}
/** Printed at the very end, where a summary that cuts the output still has them. */
const disagreements = []
console.log(`policy fuzz: ${sequences} sequences from ${first}, seed ${seed}, ${jobs} processes`)
for (const mistake of plantedMistakes) await provePlanted(mistake)
await runAll()
for (const [name, count] of Object.entries(counts).sort())
  console.log(`${String(count).padStart(10)}  ${name}`)
for (const disagreement of disagreements) console.log(disagreement)
console.log(`${totals.passed} passed, ${totals.failed} failed`)
process.exitCode = totals.failed > 0 ? 1 : 0

/** A comparison that cannot fail proves nothing. @param {string} mistake */
async function provePlanted(mistake) {
  let found
  await runWorker([seed, 0, 2000, mistake], (line) => (found ??= line.shown))
  totals[found === undefined ? 'failed' : 'passed'] += 1
  console.log(
    found === undefined ? `planted mistake NOT found: ${mistake}` : `planted ${mistake} found: ${found.what}`,
  )
}

async function runAll() {
  const end = first + sequences
  const size = Math.min(portion, Math.ceil(sequences / jobs))
  let next = first
  const started = Date.now()
  const work = async () => {
    while (next < end) {
      const from = next
      next = Math.min(end, from + size)
      const to = next
      let done = from
      await runWorker([seed, from, to], (line) => {
        done = line.to
        take(line, started)
      })
      if (done === to) continue
      console.error(`sequences ${done} to ${to} were not compared`)
      totals.failed += to - done
    }
  }
  await Promise.all(Array.from({ length: jobs }, work))
}

function take(line, started) {
  totals.failed += line.disagreements
  totals.passed += line.to - line.from - line.disagreements
  for (const [name, count] of Object.entries(line.counts)) counts[name] = (counts[name] ?? 0) + count
  const done = totals.passed + totals.failed
  if (done % 50_000 < 1000)
    console.log(`  ${done} sequences after ${Math.round((Date.now() - started) / 1000)} s`)
  if (line.shown === undefined || totals.shown++ >= mostShown) return
  const { index, at, what, scenario } = line.shown
  const disagreement = `DISAGREEMENT in sequence ${index} (--seed ${seed} --from ${index} --sequences 1), step ${at}: ${what}`
  disagreements.push(disagreement)
  console.log(disagreement)
  console.log(scenario)
}

/** @param {unknown[]} args @param {(line: any) => void} onLine */
function runWorker(args, onLine) {
  const worker = fileURLToPath(new URL('policy/worker.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', worker, ...args.map(String)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })
  lines.on('line', (line) => onLine(JSON.parse(line)))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    lines.on('close', resolve)
  })
}
