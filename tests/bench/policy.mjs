import { chromium } from '@playwright/test'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

/**
 * How long the policy engine takes: a verdict by itself (in Node), and from authorize to signed (in headless Chromium, IndexedDB on
 * disk with strict durability), by policies and by journal length. Medians. `--json` prints `{"verdictMicros", "authorizeSignMs"}`
 * as the last line; `--quick` leaves the longest journal out.
 */
const root = fileURLToPath(new URL('../..', import.meta.url))
const flags = new Set(process.argv.slice(2))
const budget = { verdictMicros: 50, authorizeSignMs: 15 }
const rounds = 60
const journals = flags.has('--quick') ? [10, 1000] : [10, 100, 1000, 10_000, 100_000]
// 255 policies is all that a session of this kind of account can have.
const cases = [
  ...journals.map((journal) => ({ policies: 20, journal, rounds })),
  ...[1, 100, 255].map((policies) => ({ policies, journal: 1000, rounds })),
]

const verdicts = measureVerdicts()
for (const [policies, micros] of Object.entries(verdicts))
  console.log(`verdict, ${policies.padStart(4)} policies ${String(micros).padStart(10)} µs`)
const signing = await measureSigning()
const { ms: authorizeSignMs } = signing.find(({ policies, journal }) => policies === 20 && journal === 1000)
const over = [verdicts['20'] > budget.verdictMicros, authorizeSignMs > budget.authorizeSignMs].filter(
  Boolean,
).length
console.log(
  `budgets: 20 policies ${budget.verdictMicros} µs, authorize to signed ${budget.authorizeSignMs} ms`,
)
console.log(`${2 - over} passed, ${over} failed`)
if (flags.has('--json')) {
  const verdictMicros = { 1: verdicts['1'], 20: verdicts['20'], 1000: verdicts['1000'] }
  console.log(JSON.stringify({ verdictMicros, authorizeSignMs }))
}
process.exitCode = over > 0 ? 1 : 0

/** @returns {Record<string, number>} Microseconds by number of policies. */
function measureVerdicts() {
  const script = fileURLToPath(new URL('policy/verdict.ts', import.meta.url))
  const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', script], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) throw new Error('The verdicts could not be measured.')
  return JSON.parse(stdout)
}

async function measureSigning() {
  const server = await createServer({
    root: fileURLToPath(new URL('policy', import.meta.url)),
    configFile: false,
    logLevel: 'warn',
    cacheDir: join(root, 'tests/out/vite-bench'),
    resolve: { alias: { '@': root.replace(/\/$/, '') } },
    server: { port: 0, fs: { allow: [root] } },
  })
  const profile = mkdtempSync(join(tmpdir(), 'latchkey-bench-'))
  try {
    await server.listen()
    const address = server.httpServer?.address()
    if (address === null || typeof address !== 'object') throw new Error('The bench has no port.')
    return await inBrowser(`http://localhost:${address.port}/`, profile)
  } finally {
    await server.close()
    rmSync(profile, { recursive: true, force: true })
  }
}

/** @param {string} url @param {string} profile A folder on disk: a private window would keep its database in memory. */
async function inBrowser(url, profile) {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    headless: true,
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    const page = await context.newPage()
    await page.goto(url)
    await page.waitForFunction(() => 'measure' in globalThis)
    const results = []
    for (const one of cases) {
      const samples = await page.evaluate((what) => globalThis.measure(what), one)
      // The first ones warm up.
      const warm = samples.slice(10).sort((a, b) => a - b)
      const ms = Math.round(100 * warm[warm.length >> 1]) / 100
      const p95 = Math.round(100 * warm[Math.floor(warm.length * 0.95)]) / 100
      const place = `${String(one.policies).padStart(4)} policies, journal of ${String(one.journal).padStart(6)}`
      console.log(`authorize to signed, ${place} ${String(ms).padStart(8)} ms, p95 ${p95} ms`)
      results.push({ ...one, ms })
    }
    return results
  } finally {
    await context.close()
  }
}
