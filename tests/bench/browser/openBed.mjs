import { createServer } from 'node:http'
import { addNetwork } from '../../../demo/browser/addNetwork.mjs'
import { createAuthenticator } from '../../../demo/browser/createAuthenticator.mjs'
import { launchBrowser } from '../../../demo/browser/launchBrowser.mjs'
import { findProvider } from '../../../demo/run/pageProvider.mjs'
import { startStack } from '../../../demo/stack/startStack.mjs'

/**
 * A browser with the built wallet, on the embedded stack, and an empty site at two origins: what a bench of pages works with.
 *
 * @returns {Promise<{
 *   context: import('@playwright/test').BrowserContext,
 *   popupUrl: string,
 *   rpcUrl: string,
 *   urls: [string, string],
 *   openPage(url: string): Promise<import('@playwright/test').Page>,
 *   close(): Promise<void>,
 * }>} `openPage` opens the site and finds the wallet there: `window.latchkeyRun`.
 */
export async function openBed() {
  const stack = await startStack({ dapp: false })
  const site = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end('<!doctype html><html lang="en"><title>Bench</title><body><h1>Bench</h1></body></html>')
  })
  await new Promise((resolve) => site.listen(0, '127.0.0.1', () => resolve(undefined)))
  const { port } = /** @type {import('node:net').AddressInfo} */ (site.address())
  const { context, popupUrl } = await launchBrowser({ authenticator: createAuthenticator() })
  const page = await context.newPage()
  await addNetwork(page, popupUrl, stack.record)
  await page.goto(`${popupUrl}#/welcome`)
  await page.getByRole('button', { name: 'Create passkey' }).click()
  await page.getByRole('heading', { name: 'Your account is ready' }).waitFor()
  await page.close()
  return {
    context,
    popupUrl,
    rpcUrl: stack.record.rpcUrl,
    urls: [`http://127.0.0.1:${port}/`, `http://localhost:${port}/`],
    async openPage(url) {
      const opened = await context.newPage()
      await opened.goto(url)
      await findProvider(opened, 'app.latchkey.wallet')
      return opened
    },
    async close() {
      await context.close()
      site.closeAllConnections()
      site.close()
      await stack.stop()
    },
  }
}
