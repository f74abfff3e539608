import { buildExtension } from './browser/buildExtension.mjs'
import { openBed } from './browser/openBed.mjs'
import { percentile } from './browser/percentile.mjs'

/**
 * One page sends 10,000 requests in 10 s; another site reads meanwhile. Fails when more than one window opened, a request was not
 * answered, or the other site's reads took 200 ms or more at the 95th percentile. `--built`, `--json`: as in `latency.mjs`.
 */
const flood = { requests: 10_000, ms: 10_000 }
const limitMs = 200

buildExtension()
const bed = await openBed()
try {
  const [abuser, other] = [await bed.openPage(bed.urls[0]), await bed.openPage(bed.urls[1])]
  const before = await other.evaluate(readFor, 3_000)
  const approvals = () => bed.context.pages().filter((page) => page.url().includes('#/approve/'))
  let isSending = true
  const sending = abuser.evaluate(sendFlood, flood).finally(() => (isSending = false))
  let windowsOpened = 0
  const reading = other.evaluate(readFor, flood.ms)
  const watching = setInterval(() => (windowsOpened = Math.max(windowsOpened, approvals().length)), 50)
  const during = await reading
  clearInterval(watching)
  // What waits for the owner is answered when the window is closed.
  while (isSending) {
    for (const page of approvals()) await page.close()
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  const { codes, lastMs } = await sending
  const figures = {
    requests: flood.requests,
    answers: codes,
    windowsOpened,
    lastRequestSentMs: lastMs,
    otherReads: during.length,
    otherP50Ms: percentile(during, 0.5),
    otherP95Ms: percentile(during, 0.95),
    otherMaxMs: percentile(during, 1),
    otherP95MsBefore: percentile(before, 0.95),
  }
  console.log(
    `${flood.requests} requests of one page, sent in ${Math.round(lastMs)} ms; windows opened: ${figures.windowsOpened}`,
  )
  for (const [code, count] of Object.entries(codes)) console.log(`  ${code.padEnd(10)} ${count}`)
  console.log(
    `another site's ${figures.otherReads} reads: median ${figures.otherP50Ms} ms, p95 ${figures.otherP95Ms} ms, longest ${figures.otherMaxMs} ms (p95 before: ${figures.otherP95MsBefore} ms)`,
  )
  const answered = Object.values(codes).reduce((sum, count) => sum + count, 0)
  const isHeld = figures.windowsOpened <= 1 && figures.otherP95Ms < limitMs && answered === flood.requests
  process.exitCode = isHeld ? 0 : 1
  if (process.argv.includes('--json')) console.log(JSON.stringify(figures))
} finally {
  await bed.close()
}

/** Runs in a page: one read every 50 ms at the earliest, of the wallet's state and of the chain. @param {number} ms */
async function readFor(ms) {
  const methods = ['eth_chainId', 'eth_accounts', 'eth_blockNumber']
  const samples = []
  const end = performance.now() + ms
  while (performance.now() < end) {
    const start = performance.now()
    await window.latchkeyRun.request({ method: methods[samples.length % methods.length] })
    samples.push(performance.now() - start)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return samples
}

/** Runs in a page: requests of every kind, evenly over the time. @param {{ requests: number, ms: number }} flood */
async function sendFlood({ requests, ms }) {
  const calls = [
    { method: 'eth_requestAccounts' },
    { method: 'eth_accounts' },
    { method: 'eth_blockNumber' },
    { method: 'wallet_requestPermissions', params: [{ eth_accounts: {} }] },
    { method: 'eth_chainId' },
    {
      method: 'eth_call',
      params: [{ to: '0x000000000000000000000000000000000000dEaD', data: '0x' }, 'latest'],
    },
    { method: 'wallet_connect', params: [{}] },
    { method: 'no_such_method' },
  ]
  const codes = {}
  const count = (code) => (codes[code] = (codes[code] ?? 0) + 1)
  const start = performance.now()
  const open = []
  while (open.length < requests) {
    const due = Math.min(requests, ((performance.now() - start) / ms) * requests)
    while (open.length < due)
      open.push(
        window.latchkeyRun.request(calls[open.length % calls.length]).then(
          () => count('answered'),
          (error) => count(String(error.code)),
        ),
      )
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  const lastMs = performance.now() - start
  await Promise.all(open)
  return { codes, lastMs }
}
