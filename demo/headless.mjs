import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createAuthenticator } from './browser/createAuthenticator.mjs'
import { launchBrowser } from './browser/launchBrowser.mjs'
import { chainReader } from './run/chainReader.mjs'
import { mainJob } from './run/mainJob.mjs'
import { watchWindows } from './run/watchWindows.mjs'

const outFolder = fileURLToPath(new URL('out', import.meta.url))

/**
 * Performs the main job by itself on a running stack: prints one line a step, writes `demo/out/run.json`, and a picture of every
 * page when a step does not hold.
 *
 * @param {import('./stack/startStack.mjs').StackRecord} record
 * @returns {Promise<boolean>} Whether every step held.
 * @throws {Error} The browser did not start.
 */
export async function headless(record) {
  const authenticator = createAuthenticator()
  const { context, popupUrl } = await launchBrowser({ headless: true, authenticator })
  const chain = chainReader(record)
  const windows = watchWindows(context, popupUrl)
  const job = mainJob({ record, popupUrl, authenticator, ...windows })
  const steps = []
  let ok = true
  try {
    for (const { name, act } of job) {
      const step = ok
        ? await perform(name, act, chain, windows)
        : { name, ok: false, ms: 0, windowsOpened: 0 }
      if (ok && !step.ok) await takePictures(context)
      ok &&= step.ok
      steps.push(step)
      print(step)
    }
  } finally {
    mkdirSync(outFolder, { recursive: true })
    writeFileSync(`${outFolder}/run.json`, `${JSON.stringify({ ok, steps }, undefined, 2)}\n`)
    await context.close()
  }
  return ok
}

async function perform(name, act, chain, windows) {
  const height = await chain.height()
  windows.begin()
  const started = performance.now()
  try {
    const { rule } = (await act()) ?? {}
    const ms = Math.round(performance.now() - started)
    const { success, ...operation } = (await chain.lastOperation(height)) ?? {}
    const ok = success !== false
    return { name, ok, ms, ...operation, ...(rule && { rule }), windowsOpened: windows.windowsOpened() }
  } catch (error) {
    console.error(`${name}: ${error.message}`)
    const ms = Math.round(performance.now() - started)
    return { name, ok: false, ms, windowsOpened: windows.windowsOpened() }
  }
}

function print({ name, ok, ms, transactionHash, gasUsed, rule, windowsOpened }) {
  const facts = [
    transactionHash,
    gasUsed && `${gasUsed.toLocaleString('en')} gas`,
    rule,
    windowsOpened > 0 && `${windowsOpened} window`,
  ]
  const tail = facts.filter(Boolean).join('  ')
  console.log(`${ok ? 'ok    ' : 'FAILED'}  ${name.padEnd(16)}${`${ms} ms`.padStart(9)}  ${tail}`)
}

/** @param {import('@playwright/test').BrowserContext} context */
async function takePictures(context) {
  mkdirSync(outFolder, { recursive: true })
  for (const [index, page] of context.pages().entries()) {
    const path = `${outFolder}/failed-${index}.png`
    const saved = await page.screenshot({ path, timeout: 5_000 }).then(
      () => path,
      (error) => `no picture: ${error.message.split('\n')[0]}`,
    )
    console.error(`  ${page.url()} → ${saved}`)
  }
}
