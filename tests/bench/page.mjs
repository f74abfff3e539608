import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { launchBrowser } from '../../demo/browser/launchBrowser.mjs'
import { buildExtension } from './browser/buildExtension.mjs'
import { percentile } from './browser/percentile.mjs'
import { traceLoad } from './page/traceLoad.mjs'

/**
 * What the wallet costs a page that does not use it: sizes of the two content scripts, and from a trace of page loads their script
 * time, tasks over 50 ms, and layouts and requests while they ran. Fails over the budget. `--built`: measures `.output` as it is.
 * `--json`: `{"inpageMin", "inpageGzip", "contentMin", "scriptMs"}` as the last line.
 */
const budget = { inpageMin: 8_000, inpageGzip: 3_000, contentMin: 16_000, scriptMs: 1 }
const loads = 25

buildExtension()
const scripts = fileURLToPath(new URL('../../.output/chrome-mv3/content-scripts/', import.meta.url))
const inpage = readFileSync(`${scripts}inpage.js`)
const site = createServer((_request, response) => {
  response.setHeader('content-type', 'text/html')
  response.end('<!doctype html><html lang="en"><title>Bench</title><body><h1>Bench</h1></body></html>')
})
await new Promise((resolve) => site.listen(0, '127.0.0.1', () => resolve(undefined)))
const { port } = /** @type {import('node:net').AddressInfo} */ (site.address())
const { context, extensionId } = await launchBrowser()
try {
  const traces = []
  for (let load = 0; load < loads; load++)
    traces.push(await traceLoad(context, `http://127.0.0.1:${port}/`, extensionId))
  if (traces.some(({ scripts: count }) => count < 2))
    throw new Error('A trace lacks a content script: what it says is not the cost.')
  const figures = {
    inpageMin: inpage.length,
    inpageGzip: gzipSync(inpage, { level: 9 }).length,
    contentMin: readFileSync(`${scripts}content.js`).length,
    scriptMs: percentile(
      traces.map(({ scriptMs }) => scriptMs),
      0.5,
    ),
  }
  const most = (name) => Math.max(...traces.map((trace) => trace[name]))
  for (const [name, value] of Object.entries(figures))
    console.log(
      `${name.padEnd(12)} ${String(value).padStart(8)} of ${budget[name]}${value > budget[name] ? '  OVER' : ''}`,
    )
  console.log(
    `script time p95 ${percentile(
      traces.map(({ scriptMs }) => scriptMs),
      0.95,
    )} ms, of ${loads} loads`,
  )
  console.log(
    `most in a load: ${most('longTasks')} long tasks, ${most('layouts')} layouts, ${most('requests')} requests`,
  )
  const isOver = Object.entries(budget).some(([name, limit]) => figures[name] > limit)
  const isHeavy = most('longTasks') + most('layouts') + most('requests') > 0
  process.exitCode = isOver || isHeavy ? 1 : 0
  if (process.argv.includes('--json')) console.log(JSON.stringify(figures))
} finally {
  await context.close()
  site.closeAllConnections()
  site.close()
}
