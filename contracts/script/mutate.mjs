// Changes the contracts in small ways and counts how many changes the tests notice.
//
//   npm run mutate -- --sample 100 --seed 1    a hundred mutants, chosen by the seed
//   npm run mutate                             all of them; what was judged is kept, so that it can be interrupted
//   npm run mutate -- --file SessionUsage      of the files with this in their name, or of a line: SessionUsage.sol:54
//   npm run mutate -- --report                 what was judged so far
//   npm run mutate -- --labs 4                 so many at once, at low priority; 2 if not said
//   npm run mutate -- --compare                then compiles survivors as released: with the same code they are no mutants
//
// A minute and a half to set up, then about a second of processor for each mutant, four for one that survives.
// Results are kept in contracts/out/mutants/results.json: killed ones until the source changes, survivors until a test does.
// Survivors are explained in contracts/mutants.md. Exits 1 under 90 % killed, or if one of them is not.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import './build.mjs'
import { entryOf, formatEntry, matchExplanations, readExplanations } from './mutate/explanations.mjs'
import { applyMutant, findMutants } from './mutate/findMutants.mjs'
import { judgeMutants } from './mutate/judgeMutants.mjs'

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const RESULTS = join(ROOT, 'contracts/out/mutants/results.json')
const EXPLAINED = join(ROOT, 'contracts/mutants.md')
const GOAL = 0.9

const { values: options } = parseArgs({
  options: {
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    file: { type: 'string' },
    fuzz: { type: 'string', default: '32' },
    labs: { type: 'string', default: '2' },
    compare: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
  },
})

const results = existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')) : {}
const testsHash = hashOfTests()
const texts = new Map()
const mutants = allMutants()
const chosen = choose()
if (!options.report) await judgeAll()
report()

async function judgeAll() {
  const open = chosen.filter(({ id }) => !isSettled(results[id])).sort(compareOrder)
  if (open.length === 0) return
  console.log(`mutate: ${chosen.length} mutants, ${open.length} to judge`)
  const jobs = open.map((mutant) => ({
    mutant,
    path: mutant.path,
    text: applyMutant(texts.get(mutant.path), mutant),
    survived: hasSurvived(results[mutant.id]),
    compared: results[mutant.id]?.compared === true,
  }))
  const limits = { labs: Number(options.labs), fuzzRuns: Number(options.fuzz), compares: options.compare }
  let done = 0
  await judgeMutants(ROOT, dirname(RESULTS), jobs, limits, ({ mutant, compared }, verdict) => {
    results[mutant.id] = verdict === 'survived' ? { verdict, tests: testsHash, compared } : { verdict }
    save()
    console.log(`${++done} ${verdict.padEnd(10)} ${describe(mutant)}`)
  })
}

/**
 * What survived before comes first; the twins, which die with another mutant of the same place, come last. Else in the
 * order of ids, so that an interrupted run has judged a sample of everything.
 */
function compareOrder(a, b) {
  const rank = ({ id, twin }) => (results[id] !== undefined ? 0 : twin ? 2 : 1)
  return rank(a) - rank(b) || (a.id < b.id ? -1 : 1)
}

/** Killed stays killed; a survivor is tried again when a test has changed. */
function isSettled(result) {
  return (
    result !== undefined &&
    (result.verdict !== 'survived' || (hasSurvived(result) && (result.compared || !options.compare)))
  )
}

function hasSurvived(result) {
  return result?.verdict === 'survived' && result.tests === testsHash
}

function report() {
  const judged = chosen.filter(({ id }) => results[id] !== undefined)
  const survivors = judged
    .filter(({ id }) => results[id].verdict === 'survived')
    .map((mutant) => entryOf(texts.get(mutant.path), mutant))
  const explanations = existsSync(EXPLAINED) ? readExplanations(readFileSync(EXPLAINED, 'utf8')) : []
  const { unexplained, left } = matchExplanations(survivors, explanations)
  for (const entry of unexplained) console.log(formatEntry(entry))
  if (judged.length === mutants.length) {
    for (const entry of left) console.log(`mutate: explained, but does not survive ${formatEntry(entry)}`)
  }
  printScores(judged)
  const { score } = scoreOf(judged)
  console.log(
    `mutate: ${judged.length} of ${chosen.length} judged, ${(score * 100).toFixed(1)} % killed, ` +
      `${survivors.length} survived, ${unexplained.length} of them unexplained`,
  )
  process.exitCode = score >= GOAL && unexplained.length === 0 ? 0 : 1
}

/** As the table of contracts/mutants.md. */
function printScores(judged) {
  const files = [...new Set(judged.map(({ path }) => path))]
  const rows = files.map((path) => [
    path.replace('contracts/src/', ''),
    judged.filter((one) => one.path === path),
  ])
  for (const [name, some] of [...rows, ['All', judged]]) {
    const { score, killed, timeout, survived, equivalent, invalid } = scoreOf(some)
    const cells = [killed, timeout, survived, equivalent, invalid, `${(score * 100).toFixed(1)} %`]
    console.log(`| ${[name, ...cells].join(' | ')} |`)
  }
}

/** Counts of verdicts, and what is killed of what could be. */
function scoreOf(mutants) {
  const counts = { killed: 0, timeout: 0, survived: 0, equivalent: 0, invalid: 0 }
  for (const { id } of mutants) ++counts[results[id].verdict]
  const killed = counts.killed + counts.timeout
  return { ...counts, score: killed === 0 ? 0 : killed / (killed + counts.survived) }
}

function allMutants() {
  const found = []
  for (const folder of ['account', 'p256', 'session']) {
    for (const file of readdirSync(join(ROOT, 'contracts/src', folder)).sort()) {
      const path = `contracts/src/${folder}/${file}`
      const text = readFileSync(join(ROOT, path), 'utf8')
      texts.set(path, text)
      found.push(...findMutants(path, text))
    }
  }
  return found
}

function choose() {
  const wanted = mutants.filter(
    ({ path, line }) => options.file === undefined || `${path}:${line}`.includes(options.file),
  )
  if (options.sample === undefined) return wanted
  const rank = ({ path, start, after }) =>
    createHash('sha256').update(`${options.seed}|${path}|${start}|${after}`).digest('hex')
  const ranked = wanted.map((mutant) => [rank(mutant), mutant]).sort(([a], [b]) => (a < b ? -1 : 1))
  return ranked.slice(0, Number(options.sample)).map(([, mutant]) => mutant)
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
