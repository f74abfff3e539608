import { chromium, type BrowserContext } from '@playwright/test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findChromium } from '../../demo/browser/findChromium.mjs'

/** A browser as a user has it before the wallet: with a back/forward cache, which test tools switch off. */
export type PlainBrowser = {
  readonly context: BrowserContext
  /** Installs the wallet while the browser runs. */
  install(): Promise<void>
  close(): Promise<void>
}

const extension = fileURLToPath(new URL('../../.output/chrome-mv3', import.meta.url))

/** Opens Chromium without the wallet. */
export async function openPlainBrowser(): Promise<PlainBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'latchkey-plain-'))
  const executablePath = findChromium()?.path
  if (executablePath === undefined) throw new Error('No Chromium was found.')
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    viewport: null,
    args: [
      '--headless=new',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--enable-unsafe-extension-debugging',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
    ignoreDefaultArgs: ['--disable-back-forward-cache', '--disable-extensions'],
  })
  return {
    context,
    async install() {
      const session = await context.browser()?.newBrowserCDPSession()
      // Not in the types of this version of the protocol.
      const send = session?.send as unknown as (method: string, parameters: object) => Promise<unknown>
      await send.call(session, 'Extensions.loadUnpacked', { path: extension })
    },
    async close() {
      await context.close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}
