// Changes the contracts in small ways and counts how many changes the tests notice.
//
//   npm run mutate -- --sample 100 --seed 1    a hundred mutants, chosen by the seed
//   npm run mutate                             all of them: hours, but what was judged is kept
//   npm run mutate -- --file SessionUsage      of the files with this in their name
//   npm run mutate -- --report                 what was judged so far, survivors in full
//
// Results are kept in contracts/out/mutants/results.json: killed ones until the source changes, survivors until a test does.
// Survivors that were looked at are explained in contracts/mutants.md. Exits 1 under 90 % killed.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import './build.mjs'
import { applyMutant, findMutants } from './mutate/findMutants.mjs'
import { openLab } from './mutate/mutantLab.mjs'

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const RESULTS = join(ROOT, 'contracts/out/mutants/results.json')
const GOAL = 0.9

/** Folder or file → tests that fail first when it breaks. The rest runs when they do not. */
const LIKELY = {
  'p256/': ['P256', 'Passkey'],
  'account/ClientData': ['Passkey', 'Signature1271'],
  'account/WebAuthnValidator': ['Passkey', 'Guardian'],
  'account/AccountSignature': ['Signature1271'],
  'account/AccountExecution': ['Execute', 'Modules'],
  'account/AccountFallback': ['Modules', 'Execute', 'Factory'],
  'account/ModuleRegistry': ['Modules', 'SessionRevoke'],
  'account/Calls': ['Execute', 'Restricted'],
  'account/SsoAccount': ['Restricted', 'Modules', 'SessionRevoke', 'Passkey'],
  'session/SpecParser': ['CreateSession'],
  'session/SessionViews': ['SessionState', 'SessionRevoke'],
  'session/SessionKeyValidator': ['SessionSignature', 'SessionFee', 'SessionRevoke'],
  'session/SessionUsage': ['SessionLimits', 'SessionTime', 'SessionFee'],
  'session/': ['SessionPolicies', 'SessionLimits', 'CreateSession', 'SessionTime'],
}

const { values: options } = parseArgs({
  options: {
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    file: { type: 'string' },
    fuzz: { type: 'string', default: '64' },
    report: { type: 'boolean', default: false },
  },
})

const results = existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')) : {}
const testsHash = hashOfTests()
const texts = new Map()
const chosen = choose(allMutants())
if (!options.report) await judgeAll()
report()

async function judgeAll() {
  const open = chosen.filter(({ id }) => !isSettled(results[id]))
  if (open.length === 0) return
  console.log(`mutate: ${chosen.length} mutants, ${open.length} to judge`)
  const lab = await openLab(ROOT, { fuzzRuns: Number(options.fuzz) })
  for (const [at, mutant] of open.entries()) {
    const text = applyMutant(texts.get(mutant.path), mutant)
    const verdict = await lab.judge(mutant.path, text, likelyTests(mutant.path))
    results[mutant.id] = { verdict, tests: testsHash }
    save()
    console.log(`${at + 1}/${open.length} ${verdict.padEnd(10)} ${describe(mutant)}`)
  }
}

/** Killed stays killed; a survivor is tried again when a test has changed. */
function isSettled(result) {
  return result !== undefined && (result.verdict !== 'survived' || result.tests === testsHash)
}

function report() {
  const judged = chosen.filter(({ id }) => results[id] !== undefined)
  const count = (verdict) => judged.filter(({ id }) => results[id].verdict === verdict).length
  const survivors = judged.filter(({ id }) => results[id].verdict === 'survived')
  const killed = count('killed') + count('timeout')
  const score = killed + survivors.length > 0 ? killed / (killed + survivors.length) : 0
  for (const mutant of survivors) console.log(`survived ${mutant.id} ${describe(mutant)}`)
  console.log(
    `mutate: ${judged.length} of ${chosen.length} judged, ${killed} killed (${count('timeout')} never ended), ` +
      `${survivors.length} survived, ` +
      `${count('equivalent')} of the same bytecode, ${count('invalid')} that do not compile`,
  )
  console.log(`mutate: ${(score * 100).toFixed(1)} % killed`)
  process.exitCode = score >= GOAL ? 0 : 1
}

function allMutants() {
  const mutants = []
  for (const folder of ['account', 'p256', 'session']) {
    for (const file of readdirSync(join(ROOT, 'contracts/src', folder)).sort()) {
      const path = `contracts/src/${folder}/${file}`
      const text = readFileSync(join(ROOT, path), 'utf8')
      texts.set(path, text)
      mutants.push(...findMutants(path, text))
    }
  }
  return mutants
}

function choose(mutants) {
  const wanted = mutants.filter(({ path }) => options.file === undefined || path.includes(options.file))
  if (options.sample === undefined) return wanted
  const rank = ({ path, start, after }) =>
    createHash('sha256').update(`${options.seed}|${path}|${start}|${after}`).digest('hex')
  const ranked = wanted.map((mutant) => [rank(mutant), mutant]).sort(([a], [b]) => (a < b ? -1 : 1))
  return ranked.slice(0, Number(options.sample)).map(([, mutant]) => mutant)
}

function likelyTests(path) {
  const key = Object.keys(LIKELY).find((part) => path.includes(part))
  return key === undefined ? [] : LIKELY[key]
}

function describe({ path, line, kind, before, after }) {
  const short = (text) => text.replace(/\s+/g, ' ').slice(0, 70)
  return `${path.replace('contracts/src/', '')}:${line} ${kind} \`${short(before)}\` → \`${short(after)}\``
}

function hashOfTests() {
  const hash = createHash('sha256').update(options.fuzz)
  for (const file of readdirSync(join(ROOT, 'contracts/test'), { recursive: true }).sort()) {
    if (file.endsWith('.sol')) hash.update(readFileSync(join(ROOT, 'contracts/test', file)))
  }
  return hash.digest('hex').slice(0, 12)
}

function save() {
  mkdirSync(dirname(RESULTS), { recursive: true })
  writeFileSync(`${RESULTS}.new`, JSON.stringify(results, null, 1))
  renameSync(`${RESULTS}.new`, RESULTS)
}
