import { test as base, type BrowserContext, type Page } from '@playwright/test'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addNetwork } from '../../demo/browser/addNetwork.mjs'
import { createAuthenticator, type Authenticator } from '../../demo/browser/createAuthenticator.mjs'
import { launchBrowser } from '../../demo/browser/launchBrowser.mjs'
import { startStack, type Stack } from '../../demo/stack/startStack.mjs'
import { killBrowser } from './killBrowser'
import { startSite, type Site } from './site'

/** A browser with the wallet in it. */
export type Wallet = {
  readonly context: BrowserContext
  readonly popupUrl: string
  readonly authenticator: Authenticator
  /** Opens a page of the popup in a tab. */
  open(route: string): Promise<Page>
  /** The window in which the wallet shows its next approval; waits for it. */
  approval(): Promise<Page>
  /** Makes an account as a user would. */
  createAccount(): Promise<string>
  /** Closes the browser and opens it again with the same profile. */
  restart(): Promise<void>
  /** Kills the browser with SIGKILL and opens it again with the same profile. */
  kill(): Promise<void>
  /** Reloads the extension, as an update does. */
  reload(): Promise<void>
  /** Lets the extension reload itself: without developer mode the browser would turn an unpacked one off instead. */
  allowReload(): Promise<void>
  readonly userDataDir: string
  /** Stops the background worker, as the browser does when it has been idle. */
  stopWorker(): Promise<void>
}

type Options = {
  /** Whether the network has a sponsor that pays for everybody. */
  sponsored: boolean
}

/** Profiles of a browser in which the wallet knows the stack's network, and nothing else yet. */
type Profiles = {
  /** A fresh copy of one; whoever takes it removes it. */
  copy(sponsored: boolean): Promise<string>
}

/** Tests with the real extension in the real browser, on the embedded stack. */
export const test = base.extend<
  Options & { wallet: Wallet },
  { stack: Stack; site: Site; profiles: Profiles }
>({
  sponsored: [true, { option: true }],
  stack: [
    async ({}, use) => {
      const stack = await startStack()
      await use(stack)
      await stack.stop()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  site: [
    async ({}, use) => {
      const site = await startSite()
      await use(site)
      await site.stop()
    },
    { scope: 'worker' },
  ],
  profiles: [
    async ({ stack }, use) => {
      const made = new Map<boolean, string>()
      await use({
        async copy(sponsored) {
          const original = made.get(sponsored) ?? (await makeProfile(stack, sponsored))
          made.set(sponsored, original)
          const userDataDir = newFolder()
          cpSync(original, userDataDir, { recursive: true, filter: (path) => !path.includes('/Singleton') })
          return userDataDir
        },
      })
      for (const original of made.values()) rmSync(original, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  wallet: async ({ profiles, sponsored }, use, testInfo) => {
    const userDataDir = await profiles.copy(sponsored)
    const wallet = await openWallet(userDataDir)
    await use(wallet)
    if (testInfo.status !== testInfo.expectedStatus) await tellPages(wallet.context)
    await wallet.context.close()
    rmSync(userDataDir, { recursive: true, force: true })
  },
})

const newFolder = () => mkdtempSync(join(tmpdir(), 'latchkey-e2e-'))

async function makeProfile({ record }: Stack, sponsored: boolean): Promise<string> {
  const userDataDir = newFolder()
  const wallet = await openWallet(userDataDir)
  const page = await wallet.open('#/networks')
  await addNetwork(page, wallet.popupUrl, sponsored ? record : { ...record, paymasterUrl: '' })
  await wallet.context.close()
  return userDataDir
}

/** Prints what every page shows, for the log of a failed test. */
export async function tellPages(context: BrowserContext): Promise<void> {
  for (const page of context.pages()) {
    const text = await page
      .locator('body')
      .innerText({ timeout: 2000 })
      .catch((error: Error) => error.message)
    console.log(`--- ${page.url()}\n${text}`)
  }
}

/** Opens a browser with the wallet and a software passkey in it. */
export async function openWallet(userDataDir: string): Promise<Wallet> {
  const authenticator = createAuthenticator()
  const launch = () => launchBrowser({ userDataDir, authenticator })
  let browser = await launch()
  const shown = new Set<string>()
  const open = async (route: string) => {
    const page = await browser.context.newPage()
    await page.goto(`${browser.popupUrl}${route}`)
    return page
  }
  return {
    authenticator,
    open,
    get context() {
      return browser.context
    },
    get popupUrl() {
      return browser.popupUrl
    },
    async approval() {
      const prefix = `${browser.popupUrl}#/approve/`
      const end = Date.now() + 15_000
      while (Date.now() < end) {
        for (const page of browser.context.pages()) {
          if (!page.url().startsWith(prefix) || shown.has(page.url())) continue
          shown.add(page.url())
          await page.bringToFront()
          return page
        }
        await new Promise((resolve) => setTimeout(resolve, 25))
      }
      throw new Error('The wallet showed no approval within 15 s.')
    },
    async createAccount() {
      const page = await open('#/welcome')
      await page.getByRole('button', { name: 'Create passkey' }).click()
      await page.getByRole('heading', { name: 'Your account is ready' }).waitFor()
      const address = await page.locator('code', { hasText: '0x' }).first().innerText()
      await page.close()
      return address.replace(/\s/g, '')
    },
    async restart() {
      await browser.context.close()
      browser = await launch()
    },
    userDataDir,
    async kill() {
      const gone = new Promise((resolve) => browser.context.once('close', resolve))
      killBrowser(userDataDir)
      await gone
      browser = await launch()
    },
    async allowReload() {
      const page = await browser.context.newPage()
      await page.goto('chrome://extensions')
      await page.evaluate(developerMode)
      await page.close()
    },
    async reload() {
      const page = await browser.context.newPage()
      await page.goto('chrome://extensions')
      // Without developer mode a reload disables an unpacked extension.
      await page.evaluate(developerMode)
      const id = new URL(browser.popupUrl).host
      await page.evaluate(`chrome.developerPrivate.reload(${JSON.stringify(id)})`)
      await page.close()
    },
    async stopWorker() {
      const page = await open('#/settings')
      const session = await browser.context.newCDPSession(page)
      await session.send('ServiceWorker.enable')
      await session.send('ServiceWorker.stopAllWorkers')
      await page.close()
    },
  }
}

const developerMode = 'chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true })'

export const { expect } = test
