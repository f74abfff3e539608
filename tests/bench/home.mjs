import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { buildExtension } from './browser/buildExtension.mjs'
import { openBed } from './browser/openBed.mjs'
import { measureApproval, measureOpening, noteContent } from './home/opening.mjs'
import { plant } from './home/plant.mjs'

/**
 * How long the owner waits: for the exposure of all sessions, for a page of the wallet with the worker asleep, for the approval window
 * after a site's request, and how the first page grows with what the database holds. Medians. `--built` takes the extension in
 * `.output` as it is; `--json` prints the figures as the last line. Fails over the limits.
 */
const limits = { exposureMs: 300, openMs: 300, approvalMs: 400 }
const sizes = [
  { accounts: 1, sessions: 10, activities: 100 },
  { accounts: 5, sessions: 100, activities: 1000 },
  { accounts: 30, sessions: 1000, activities: 100_000 },
]
const rounds = 15
const root = fileURLToPath(new URL('../..', import.meta.url))

const exposures = measureExposure()
for (const [sessions, ms] of Object.entries(exposures))
  console.log(`exposure, ${sessions.padStart(5)} sessions          ${String(ms).padStart(8)} ms`)
buildExtension()
const bed = await openBed()
try {
  await noteContent(bed.context)
  for (const page of bed.context.pages()) if (page.url().startsWith(bed.popupUrl)) await page.close()
  const open = await measureOpening(bed, { rounds, cold: true })
  console.log(`page open, worker asleep           ${said(open)}`)
  const warm = await measureOpening(bed, { rounds, cold: false })
  console.log(`page open, worker awake            ${said(warm)}`)
  const approval = await measureApproval(bed, { rounds })
  console.log(`request to approval window         ${said(approval)}`)
  const grown = []
  for (const size of sizes) {
    const page = await bed.context.newPage()
    await page.goto(`${bed.popupUrl}#/settings`)
    await page.evaluate(plant, size)
    await page.close()
    const { ms, p95Ms } = await measureOpening(bed, { rounds, cold: true })
    grown.push({ ...size, ms })
    const { accounts, sessions, activities } = size
    console.log(
      `page open, asleep, ${accounts} accounts, ${sessions} sessions, ${activities} activities: ${said({ ms, p95Ms })}`,
    )
  }
  const figures = { exposureMs: exposures['1000'], openMs: open.ms, approvalMs: approval.ms }
  const over = Object.entries(limits).filter(([name, limit]) => figures[name] > limit)
  for (const [name, limit] of over) console.log(`OVER: ${name} ${figures[name]} of ${limit}`)
  process.exitCode = over.length > 0 ? 1 : 0
  if (process.argv.includes('--json')) console.log(JSON.stringify({ ...figures, exposures, grown }))
} finally {
  await bed.close()
}

/** @param {{ ms: number, p95Ms: number }} figures */
function said({ ms, p95Ms }) {
  return `${String(ms).padStart(8)} ms, p95 ${p95Ms} ms`
}

/** @returns {Record<string, number>} Milliseconds by number of sessions. */
function measureExposure() {
  const script = fileURLToPath(new URL('home/exposure.ts', import.meta.url))
  const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', script], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) throw new Error('The exposure could not be measured.')
  return JSON.parse(stdout)
}
