import { pressButton } from '../../../demo/browser/pressButton.mjs'
import { percentile } from '../browser/percentile.mjs'

const seen = '__benchSeen'

/**
 * Has every page of the wallet note when its content stood, in ms since it was opened and as Unix milliseconds. To be called once.
 *
 * @param {import('@playwright/test').BrowserContext} context
 */
export async function noteContent(context) {
  await context.addInitScript((name) => {
    if (location.protocol !== 'chrome-extension:') return
    const look = () => {
      if (document.querySelector('h1') === null) return void requestAnimationFrame(look)
      globalThis[name] = { after: performance.now(), at: Date.now() }
    }
    look()
  }, seen)
}

/**
 * How long a page of the wallet takes from its navigation to its content.
 *
 * @param {Awaited<ReturnType<typeof import('../browser/openBed.mjs').openBed>>} bed
 * @param {{ rounds: number, cold: boolean }} options `cold`: the worker is stopped before each.
 * @returns {Promise<{ ms: number, p95Ms: number }>}
 */
export async function measureOpening(bed, { rounds, cold }) {
  const samples = []
  // A page of the extension without scripts wakes no worker, and is where it can be stopped.
  const still = await bed.context.newPage()
  await still.goto(new URL('/icon/16.png', bed.popupUrl).href)
  const session = await bed.context.newCDPSession(still)
  /** @type {Map<string, string>} */
  const running = new Map()
  session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
    for (const { versionId, runningStatus } of versions) running.set(versionId, runningStatus)
  })
  await session.send('ServiceWorker.enable')
  for (let round = -2; round < rounds; round++) {
    if (cold) {
      await session.send('ServiceWorker.stopAllWorkers')
      while ([...running.values()].some((status) => status !== 'stopped'))
        await new Promise((resolve) => setTimeout(resolve, 5))
    }
    const page = await bed.context.newPage()
    await page.goto(bed.popupUrl)
    const { after } = await noted(page)
    // What it does next is not to disturb the next one.
    await page.waitForTimeout(400)
    await page.close()
    if (round >= 0) samples.push(after)
  }
  await still.close()
  return { ms: percentile(samples, 0.5), p95Ms: percentile(samples, 0.95) }
}

/**
 * How long it takes from a page's request to connect to the approval window with its content.
 *
 * @param {Awaited<ReturnType<typeof import('../browser/openBed.mjs').openBed>>} bed
 * @param {{ rounds: number }} options
 * @returns {Promise<{ ms: number, p95Ms: number }>}
 */
export async function measureApproval(bed, { rounds }) {
  const samples = []
  const dapp = await bed.openPage(bed.urls[0])
  for (let round = -2; round < rounds; round++) {
    const opened = bed.context.waitForEvent('page')
    const started = await dapp.evaluate(() => {
      const at = Date.now()
      window.latchkeyRun.request({ method: 'eth_requestAccounts', params: [] }).catch(() => undefined)
      return at
    })
    const approval = await opened
    const { at } = await noted(approval)
    if (!approval.url().includes('#/approve/')) throw new Error(`Another page opened: ${approval.url()}`)
    // A site that is rejected again and again waits for its next window: agree, and leave again.
    await pressButton(approval.getByRole('button', { name: 'Connect', exact: true }), { timeout: 15_000 })
    await dapp.evaluate(async () => {
      const asked = [{ eth_accounts: {} }]
      await window.latchkeyRun.request({ method: 'wallet_revokePermissions', params: asked })
    })
    if (!approval.isClosed()) await approval.close()
    await dapp.waitForTimeout(500)
    if (round >= 0) samples.push(at - started)
  }
  await dapp.close()
  return { ms: percentile(samples, 0.5), p95Ms: percentile(samples, 0.95) }
}

/** @param {import('@playwright/test').Page} page @returns {Promise<{ after: number, at: number }>} */
async function noted(page) {
  await page.waitForFunction((name) => globalThis[name] !== undefined, seen)
  return page.evaluate((name) => globalThis[name], seen)
}
