import { percentile } from '../browser/percentile.mjs'

const pairs = 200
const wakes = 30

/**
 * How long a page waits for a read: through the wallet and straight from the node, in alternating pairs; and through a wallet whose
 * worker was stopped.
 *
 * @param {Awaited<ReturnType<typeof import('../browser/openBed.mjs').openBed>>} bed
 * @returns {Promise<{ walletMs: number, directMs: number, addedMs: number, addedP95Ms: number, asleepMs: number, asleepP95Ms: number }>} Medians where not said otherwise.
 */
export async function measureReads(bed) {
  const page = await bed.openPage(bed.urls[0])
  const samples = await page.evaluate(readInPairs, { rpcUrl: bed.rpcUrl, pairs })
  const added = samples.map(({ wallet, direct }) => wallet - direct)
  const asleep = await measureWakes(bed, page)
  await page.close()
  return {
    walletMs: percentile(
      samples.map(({ wallet }) => wallet),
      0.5,
    ),
    directMs: percentile(
      samples.map(({ direct }) => direct),
      0.5,
    ),
    addedMs: percentile(added, 0.5),
    addedP95Ms: percentile(added, 0.95),
    asleepMs: percentile(asleep, 0.5),
    asleepP95Ms: percentile(asleep, 0.95),
  }
}

/** Runs in the page. @param {{ rpcUrl: string, pairs: number }} options */
async function readInPairs({ rpcUrl, pairs }) {
  const call = { method: 'eth_blockNumber', params: [] }
  const ways = {
    wallet: () => window.latchkeyRun.request(call),
    direct: async () => {
      const body = JSON.stringify({ jsonrpc: '2.0', id: 1, ...call })
      const headers = { 'content-type': 'application/json' }
      return (await (await fetch(rpcUrl, { method: 'POST', headers, body })).json()).result
    },
  }
  const time = async (way) => {
    const start = performance.now()
    const result = await ways[way]()
    if (!String(result).startsWith('0x')) throw new Error(`${way} answered ${String(result)}`)
    return performance.now() - start
  }
  const samples = []
  for (let pair = -10; pair < pairs; pair++) {
    const sample = {}
    for (const way of pair % 2 === 0 ? ['wallet', 'direct'] : ['direct', 'wallet'])
      sample[way] = await time(way)
    if (pair >= 0) samples.push(sample)
  }
  return samples
}

/**
 * @param {Awaited<ReturnType<typeof import('../browser/openBed.mjs').openBed>>} bed
 * @param {import('@playwright/test').Page} page Not connected, so that it does not wake the worker by itself.
 * @returns {Promise<number[]>} Ms from the request to its answer, the worker stopped before.
 */
async function measureWakes(bed, page) {
  // Pages of the popup, such as the welcome of a fresh install, wake the worker; a page of the extension without scripts does not.
  for (const page of bed.context.pages()) if (page.url().startsWith(bed.popupUrl)) await page.close()
  const own = await bed.context.newPage()
  await own.goto(new URL('/icon/16.png', bed.popupUrl).href)
  const session = await bed.context.newCDPSession(own)
  /** @type {Map<string, string>} */
  const running = new Map()
  session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
    for (const { versionId, runningStatus } of versions) running.set(versionId, runningStatus)
  })
  await session.send('ServiceWorker.enable')
  await page.bringToFront()
  const samples = []
  for (let wake = 0; wake < wakes; wake++) {
    await session.send('ServiceWorker.stopAllWorkers')
    while ([...running.values()].some((status) => status !== 'stopped'))
      await new Promise((resolve) => setTimeout(resolve, 5))
    samples.push(
      await page.evaluate(async () => {
        const start = performance.now()
        await window.latchkeyRun.request({ method: 'eth_chainId' })
        return performance.now() - start
      }),
    )
    if (![...running.values()].includes('running') && ![...running.values()].includes('starting'))
      throw new Error('The worker was not asleep: nothing started it.')
  }
  await own.close()
  return samples
}
