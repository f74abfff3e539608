/**
 * Loads a page under a trace and takes from it what an extension's content scripts did.
 *
 * @param {import('@playwright/test').BrowserContext} context
 * @param {string} url
 * @param {string} extensionId
 * @returns {Promise<{ scripts: number, scriptMs: number, longTasks: number, layouts: number, requests: number }>} Scripts that ran,
 *   their time on the thread (what other programs took of the processor in between is not theirs), and of these while they ran: tasks over 50 ms, layouts and style recalculations, requests sent.
 */
export async function traceLoad(context, url, extensionId) {
  const page = await context.newPage()
  await page.goto('about:blank')
  const session = await context.browser()?.newBrowserCDPSession()
  if (session === undefined) throw new Error('The browser has no session for a trace.')
  const events = []
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value))
  const done = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      includedCategories: ['devtools.timeline', 'toplevel'],
      recordMode: 'recordAsMuchAsPossible',
    },
  })
  await page.goto(url, { waitUntil: 'load' })
  // Until the page is idle: what the scripts put off belongs to them.
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)))
  await session.send('Tracing.end')
  await done
  await session.detach()
  await page.close()
  return summarise(events, `chrome-extension://${extensionId}/`)
}

/** @param {any[]} events @param {string} prefix */
function summarise(events, prefix) {
  const isOwn = ({ args }) => String(args?.data?.url ?? '').startsWith(prefix)
  const own = events.filter(
    (event) =>
      event.ph === 'X' && (event.name === 'EvaluateScript' || event.name === 'FunctionCall') && isOwn(event),
  )
  const within = (event) =>
    own.some(
      ({ pid, tid, ts, dur }) =>
        event.pid === pid && event.tid === tid && event.ts >= ts && event.ts <= ts + dur,
    )
  const count = (names) => events.filter((event) => names.includes(event.name) && within(event)).length
  // A call inside a script is part of its time already.
  const outer = own.filter((event) => !own.some((other) => other !== event && encloses(other, event)))
  return {
    scripts: own.filter(({ name }) => name === 'EvaluateScript').length,
    scriptMs: outer.reduce((sum, { dur, tdur = dur }) => sum + tdur, 0) / 1000,
    longTasks: events.filter(
      (event) =>
        event.name === 'RunTask' && event.dur > 50_000 && own.some((script) => encloses(event, script)),
    ).length,
    layouts: count([
      'Layout',
      'UpdateLayoutTree',
      'RecalculateStyles',
      'ScheduleStyleRecalculation',
      'InvalidateLayout',
    ]),
    requests: count(['ResourceSendRequest']),
  }
}

function encloses(outer, inner) {
  return (
    outer.pid === inner.pid &&
    outer.tid === inner.tid &&
    outer.ts <= inner.ts &&
    outer.ts + outer.dur >= inner.ts + inner.dur
  )
}
