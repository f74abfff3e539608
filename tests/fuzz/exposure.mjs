import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

/**
 * Lets a thief with the session key drain random sessions on the compiled contracts, through EntryPoint, and compares what was lost
 * of each asset, until expiry and in the worst day, with the exposure that the approval showed. First it proves that a figure which
 * forgets one period is found out. Ends with `N passed, N failed`, counting sessions.
 *
 *   node tests/fuzz/exposure.mjs [--sessions 100] [--seed <number>] [--from <first session>]
 */
const { values } = parseArgs({
  options: {
    sessions: { type: 'string', default: '100' },
    seed: { type: 'string' },
    from: { type: 'string', default: '0' },
  },
})
const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed)
const [sessions, first] = [Number(values.sessions), Number(values.from)]
const worker = fileURLToPath(new URL('exposure/worker.ts', import.meta.url))
const portion = 100
/** Sessions in which the forgotten period must show. */
const planted = 40

console.log(`exposure: ${sessions} sessions from ${first}, seed ${seed}`)
let [passed, failed] = [0, 0]
const found = drain(0, planted, 'planted').broken.length
if (found > 0) passed += 1
else failed += 1
console.log(
  found > 0 ? `planted mistake found in ${found} of ${planted} sessions` : 'planted mistake NOT found',
)
for (let from = first; from < first + sessions; from += portion) {
  const result = drain(from, Math.min(first + sessions, from + portion))
  passed += result.passed
  failed += result.broken.length
  console.log(
    `${result.sessions} sessions: ${result.landed} of ${result.attempts} operations landed, ${result.reached} of ${result.figures} figures reached to the last unit`,
  )
  for (const what of result.broken) console.log(`MORE LOST THAN SHOWN: ${what}`)
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0

/** @param {number} from @param {number} to @param {string[]} rest */
function drain(from, to, ...rest) {
  const args = ['--import', 'tsx', worker, ...[seed, from, to].map(String), ...rest]
  const { status, stdout } = spawnSync(process.execPath, args, {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 2 ** 28,
  })
  if (status !== 0) throw new Error(`The sessions ${from} to ${to} could not be drained.`)
  return JSON.parse(stdout)
}
