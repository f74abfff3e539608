import { buildExtension } from './browser/buildExtension.mjs'
import { openBed } from './browser/openBed.mjs'
import { measureReads } from './latency/reads.mjs'

/**
 * How long pages wait. `--built` takes the extension in `.output` as it is; `--json` prints the figures as the last line. Fails when a
 * read through the wallet takes more than 5 ms longer than one straight from the node, or 100 ms when the worker was asleep.
 */
const limits = { addedMs: 5, asleepMs: 100 }

buildExtension()
const bed = await openBed()
try {
  const reads = await measureReads(bed)
  console.log(
    `read through the wallet   ${reads.walletMs} ms, straight from the node ${reads.directMs} ms (medians of 200)`,
  )
  console.log(`added by the wallet       ${reads.addedMs} ms, p95 ${reads.addedP95Ms} ms`)
  console.log(`worker asleep to answer   ${reads.asleepMs} ms, p95 ${reads.asleepP95Ms} ms (median of 30)`)
  const over = Object.entries(limits).filter(([name, limit]) => reads[name] > limit)
  for (const [name, limit] of over) console.log(`OVER: ${name} ${reads[name]} of ${limit}`)
  process.exitCode = over.length > 0 ? 1 : 0
  if (process.argv.includes('--json')) console.log(JSON.stringify({ reads }))
} finally {
  await bed.close()
}
