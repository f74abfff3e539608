import { buildExtension } from './browser/buildExtension.mjs'
import { openBed } from './browser/openBed.mjs'
import { percentile } from './browser/percentile.mjs'
import { plantEntries } from './activity/plantEntries.mjs'
import { scrollDown } from './activity/scrollDown.mjs'

/**
 * The activity page over 100,000 entries in the database of the real extension: from opening to the first rows, a search through
 * all of them, what a site waits for an answer meanwhile, and the frames while it is scrolled. Fails over the budget. `--built`,
 * `--json`: as in `latency.mjs`.
 */
const entries = 100_000
const budget = { openMs: 1000, siteP95Ms: 100, frameP95Ms: 50, domRows: 400 }
const opens = 5

buildExtension()
const bed = await openBed()
try {
  const plant = await bed.context.newPage()
  await plant.goto(`${bed.popupUrl}#/settings`)
  await plant.evaluate(plantEntries, entries)
  await plant.close()

  const openings = []
  for (let open = 0; open < opens; open++) openings.push(await openOnce())
  const page = await bed.context.newPage()
  await page.setViewportSize({ width: 400, height: 700 })
  await page.goto(`${bed.popupUrl}#/activity`)
  await page.locator('main li').first().waitFor()

  const site = await bed.openPage(bed.urls[0])
  const before = await site.evaluate(answersFor, 3000)
  await page.bringToFront()
  const search = page.getByRole('searchbox')
  const searching = searchFor('no such word', page.getByText('Nothing found'))
  const during = await site.evaluate(answersFor, 1500)
  const fullSearchMs = await searching
  const oldestMs = await searchFor('oldest', page.getByText('1 entry found.'))
  await search.fill('')
  await page.locator('main li').nth(40).waitFor()
  const scrolled = await scrollDown(page, 120)

  const figures = {
    entries,
    openMs: percentile(openings, 0.5),
    fullSearchMs,
    oldestMs,
    siteP95MsBefore: percentile(before, 0.95),
    siteP95Ms: percentile(during, 0.95),
    siteMaxMs: percentile(during, 1),
    frameP50Ms: percentile(scrolled.frames, 0.5),
    frameP95Ms: percentile(scrolled.frames, 0.95),
    frameMaxMs: percentile(scrolled.frames, 1),
    scrolledPx: scrolled.px,
    domRows: scrolled.rows,
    domNodes: scrolled.nodes,
  }
  for (const [name, value] of Object.entries(figures))
    console.log(
      `${name.padEnd(16)} ${String(value).padStart(9)}${name in budget ? ` of ${budget[name]}` : ''}${value > budget[name] ? '  OVER' : ''}`,
    )
  process.exitCode = Object.keys(budget).some((name) => figures[name] > budget[name]) ? 1 : 0
  if (process.argv.includes('--json')) console.log(JSON.stringify(figures))

  /** From typing to the answer, in ms. @param {string} text @param {import('@playwright/test').Locator} end */
  async function searchFor(text, end) {
    const start = performance.now()
    await search.fill(text)
    await end.waitFor({ timeout: 120_000 })
    return Math.round(performance.now() - start)
  }
} finally {
  await bed.close()
}

/** From the start of the page's load to its first rows, by the page's own clock, in ms. */
async function openOnce() {
  const page = await bed.context.newPage()
  await page.addInitScript(() => {
    new MutationObserver((_changes, observer) => {
      if (document.querySelector('main li') === null) return
      observer.disconnect()
      globalThis.firstRowAt = performance.now()
    }).observe(document, { childList: true, subtree: true })
  })
  await page.goto(`${bed.popupUrl}#/activity`)
  const handle = await page.waitForFunction(() => globalThis.firstRowAt)
  const ms = await handle.jsonValue()
  await page.close()
  return ms
}

/** Runs in a site: how long the wallet takes to answer, one request after the other. @param {number} ms */
async function answersFor(ms) {
  const took = []
  const end = performance.now() + ms
  while (performance.now() < end) {
    const start = performance.now()
    await globalThis.latchkeyRun.request({ method: 'eth_accounts' })
    took.push(performance.now() - start)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return took
}
