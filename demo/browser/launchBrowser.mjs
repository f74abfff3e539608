import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { findChromium } from './findChromium.mjs'

const built = fileURLToPath(new URL('../../.output/chrome-mv3', import.meta.url))
const quiet = [
  '--disable-quic',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * Opens Chromium with the extension loaded.
 *
 * @param {import('./launchBrowser.mjs').LaunchOptions} [options]
 * @returns {Promise<import('./launchBrowser.mjs').LaunchedBrowser>}
 * @throws {Error} No usable browser, no built extension, or the extension's worker did not start.
 */
export async function launchBrowser(options = {}) {
  const { headless = true, userDataDir = '', authenticator, extension = built, args = [], baseURL } = options
  const browser = findChromium()
  if (browser === undefined)
    throw new Error('No Chromium was found: install one, or name it by CHROMIUM_PATH.')
  if (!existsSync(join(extension, 'manifest.json'))) {
    throw new Error(`The extension is not built: ${extension} has no manifest.json. Run \`npm run build\`.`)
  }
  const context = await chromium.launchPersistentContext(userDataDir, {
    executablePath: browser.path,
    headless,
    viewport: null,
    ...(baseURL !== undefined && { baseURL }),
    args: [
      ...(headless ? ['--headless=new', '--disable-gpu'] : []),
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...quiet,
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
      ...args,
    ],
    // Whoever launches decides when a signal ends it; it ends with this process in any case.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    ignoreDefaultArgs: headless ? [] : ['--enable-automation'],
  })
  try {
    await authenticator?.attach(context)
    const worker =
      context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker', { timeout: 15_000 }))
    const extensionId = new URL(worker.url()).host
    return { context, extensionId, popupUrl: `chrome-extension://${extensionId}/popup.html` }
  } catch (error) {
    await context.close()
    throw error
  }
}
