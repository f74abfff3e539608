import type { Page } from '@playwright/test'
import { errorOf, openDapp } from './dapp'
import { expect, test } from './fixtures'
import { listen } from './heard'
import { openPlainBrowser } from './plainBrowser'
import { findProvider, request } from '../../demo/run/pageProvider.mjs'

const rdns = 'app.latchkey.wallet'

/** A dapp that connects as soon as a wallet shows up, and keeps the answer. */
function waitForWallet() {
  type Detail = { provider: { request(call: object): Promise<unknown> } }
  const page = window as unknown as { connecting?: Promise<unknown> }
  window.addEventListener('eip6963:announceProvider', (event) => {
    const { provider } = (event as CustomEvent<Detail>).detail
    page.connecting ??= provider.request({ method: 'eth_requestAccounts' })
  })
}

test('behavior: a tab that was open before the wallet gets its provider, and the connect that waits there goes on', async ({
  site,
}) => {
  const browser = await openPlainBrowser()
  try {
    const page = await browser.context.newPage()
    await page.goto(`${site.url}?html=${encodeURIComponent('<iframe srcdoc="<p>in the page"></iframe>')}`)
    await page.evaluate(waitForWallet)
    const isApproval = (opened: Page) => opened.url().includes('popup.html#/approve/')
    const opening = browser.context.waitForEvent('page', { predicate: isApproval })
    await browser.install()
    const approval = await opening
    await approval.getByRole('heading', { name: 'Connect' }).waitFor()
    await approval.close()
    const code = await page.evaluate(() =>
      (window as unknown as { connecting: Promise<unknown> }).connecting.catch(
        (error: { code: number }) => error.code,
      ),
    )
    expect(code).toBe(4001)
    expect(await page.frames()[1]?.evaluate(() => 'ethereum' in window)).toBe(true)
    // Loaded again, it has one provider, as any page.
    await page.reload()
    const announced = await page.evaluate(() => {
      let count = 0
      window.addEventListener('eip6963:announceProvider', () => (count += 1))
      window.dispatchEvent(new Event('eip6963:requestProvider'))
      return count
    })
    expect(announced).toBe(1)
  } finally {
    await browser.close()
  }
})

test('behavior: back from the back/forward cache the provider works; what was asked before ended with the leave', async ({
  site,
}) => {
  const browser = await openPlainBrowser()
  try {
    await browser.install()
    const page = await browser.context.newPage()
    await page.goto(site.url)
    await findProvider(page, rdns)
    await page.evaluate(() => {
      type State = {
        latchkeyRun: { request(call: object): Promise<unknown> }
        asking: Promise<unknown>
        cached: boolean
      }
      const state = window as unknown as State
      window.addEventListener('pageshow', ({ persisted }) => (state.cached = persisted))
      state.asking = state.latchkeyRun
        .request({ method: 'eth_requestAccounts' })
        .catch((error: { code: number }) => error.code)
    })
    const approval = await browser.context.waitForEvent('page', {
      predicate: (opened) => opened.url().includes('popup.html#/approve/'),
    })
    const closed = approval.waitForEvent('close')
    await page.goto(site.otherUrl)
    await closed
    await page.evaluate(() => void setTimeout(() => history.back()))
    // No load event comes with a page from the cache.
    await expect.poll(() => page.url()).toBe(site.url)
    await expect
      .poll(() => page.evaluate(() => (window as unknown as { cached?: boolean }).cached).catch(() => false))
      .toBe(true)
    expect(await request(page, 'eth_chainId')).toBe('0x7a69')
    expect(await page.evaluate(() => (window as unknown as { asking: Promise<unknown> }).asking)).toBe(4900)
  } finally {
    await browser.close()
  }
})

test('error: after an update of the extension, a page that stayed open is told to reload: 4900 and disconnect', async ({
  wallet,
  site,
}) => {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const heard = await listen(dapp.page)
  const connecting = errorOf(dapp.request('eth_requestAccounts'))
  await wallet.approval()
  await wallet.reload()
  const reload = { code: 4900, message: expect.stringContaining('Reload this page') }
  expect(await connecting).toMatchObject(reload)
  await expect.poll(heard).toEqual([
    ['connect', { chainId: '0x7a69' }],
    ['disconnect', reload],
  ])
  expect(await errorOf(dapp.request('eth_chainId'))).toMatchObject(reload)
  await dapp.page.reload()
  await findProvider(dapp.page, rdns)
  expect(await dapp.request('eth_chainId')).toBe('0x7a69')
})

test('error: a prerendered page opens no window; once the user is there, it may ask', async ({
  wallet,
  site,
}) => {
  await wallet.createAccount()
  const asks = `?html=${encodeURIComponent('<script>ethereum.request({method: "eth_requestAccounts"})</script>')}`
  const rules = JSON.stringify({
    prerender: [{ source: 'list', urls: [`/${asks}`], eagerness: 'immediate' }],
  })
  const html = `<script type="speculationrules">${rules}</script><a href="/${asks}">Go</a>`
  const page = await wallet.context.newPage()
  await page.goto(`${site.url}?html=${encodeURIComponent(html)}`)
  await expect.poll(() => site.visits).toContain(`/${asks} prefetch;prerender`)
  // Another page's request, after which an answer to the prerendered one would have come.
  const other = await openDapp(wallet, site.otherUrl)
  await other.request('eth_chainId')
  expect(wallet.context.pages().filter((opened) => opened.url().includes('#/approve/'))).toEqual([])
  await page.bringToFront()
  await page.getByRole('link', { name: 'Go' }).click()
  const approval = await wallet.approval()
  await expect(approval.locator('main')).toContainText(new URL(site.url).host)
})

test('behavior: window.ethereum is left to another wallet, unless the owner made this the default', async ({
  wallet,
  site,
}) => {
  const rival = '<script>window.rival = {}; window.ethereum = window.rival</script>'
  const open = async () => {
    const page = await wallet.context.newPage()
    // The rival's script runs before any of the page's, as another extension's does.
    await page.goto(`${site.url}?html=${encodeURIComponent(rival)}`)
    return page.evaluate(() => {
      const state = window as unknown as { rival: object; ethereum: { isLatchkey?: boolean } }
      const { configurable } = Object.getOwnPropertyDescriptor(window, 'ethereum') ?? {}
      return { own: state.ethereum.isLatchkey === true, configurable }
    })
  }
  expect(await open()).toEqual({ own: false, configurable: true })
  const settings = await wallet.open('#/settings')
  await settings.getByRole('checkbox', { name: 'Be the default wallet' }).check()
  await expect.poll(open).toEqual({ own: true, configurable: true })
  await settings.getByRole('checkbox', { name: 'Be the default wallet' }).uncheck()
  await expect.poll(open).toEqual({ own: false, configurable: true })
})
