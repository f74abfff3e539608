import type { Frame, Page } from '@playwright/test'
import { pressButton } from '../../demo/browser/pressButton.mjs'
import { connectWithSession, openDapp, plant, preferences } from './dapp'
import { expect, test, type Wallet } from './fixtures'

type Answer = { readonly result?: unknown; readonly error?: { code: number; message: string } }

/** Asks the wallet from inside a frame; `undefined` when it is not there. */
async function ask(frame: Frame, method: string, params?: unknown): Promise<Answer | undefined> {
  return frame.evaluate(askInPage, { method, ...(params === undefined ? {} : { params }) })
}

/** Runs in the page. */
async function askInPage(call: { method: string; params?: unknown }): Promise<Answer | undefined> {
  type Provider = { request(call: object): Promise<unknown> }
  let provider: Provider | undefined
  window.addEventListener('eip6963:announceProvider', (event) => {
    provider = (event as CustomEvent<{ provider: Provider }>).detail.provider
  })
  window.dispatchEvent(new Event('eip6963:requestProvider'))
  if (provider === undefined) return undefined
  return provider.request(call).then(
    (result) => ({ result }),
    ({ code, message }: { code: number; message: string }) => ({ error: { code, message } }),
  )
}

/** Opens a page with this HTML in it, and gives its first frame. */
async function framed(wallet: Wallet, url: string, html: string): Promise<{ page: Page; frame: Frame }> {
  const page = await wallet.context.newPage()
  await page.goto(`${url}?html=${encodeURIComponent(html)}`)
  const handle = await page.waitForSelector('iframe', { state: 'attached' })
  const frame = await handle.contentFrame()
  if (frame === null) throw new Error('the iframe has a frame')
  await frame.waitForLoadState()
  return { page, frame }
}

test('error: documents of an opaque origin are refused, also with the address of the page around them', async ({
  wallet,
  site,
}) => {
  await wallet.createAccount()
  const pages = wallet.context.pages().length
  for (const html of [
    `<iframe sandbox="allow-scripts" src="${site.url}"></iframe>`,
    `<iframe sandbox="allow-scripts" srcdoc="<p>in the page"></iframe>`,
    `<iframe src="data:text/html,<p>of nobody"></iframe>`,
  ]) {
    const { page, frame } = await framed(wallet, site.url, html)
    for (const method of ['eth_requestAccounts', 'eth_accounts', 'eth_chainId'])
      expect(await ask(frame, method), html).toMatchObject({ error: { code: 4100 } })
    await page.close()
  }
  expect(wallet.context.pages()).toHaveLength(pages)
})

test('behavior: srcdoc, about:blank and blob frames act as their parent, and sign by themselves as it does', async ({
  wallet,
  site,
  stack,
}) => {
  await wallet.createAccount()
  const account = await connectWithSession(wallet, await openDapp(wallet, site.url), stack.record)
  const script =
    "document.querySelector('iframe').src = URL.createObjectURL(new Blob(['<p>of the page'], {type: 'text/html'}))"
  for (const [index, html] of [
    '<iframe srcdoc="<p>in the page"></iframe>',
    '<iframe src="about:blank"></iframe>',
    `<iframe></iframe><script>${script}</script>`,
  ].entries()) {
    const { page, frame } = await framed(wallet, site.url, html)
    await expect.poll(() => ask(frame, 'eth_accounts'), html).toEqual({ result: [account] })
    const transaction = { from: account, ...plant(stack.record, index) }
    const sent = await ask(frame, 'eth_sendTransaction', [transaction])
    expect(sent?.result, html).toMatch(/^0x[0-9a-f]{64}$/)
    await page.close()
  }
  expect(wallet.authenticator.gestures).toBe(2)
})

test('behavior: a frame of its own page is shown as a frame', async ({ wallet, site }) => {
  await wallet.createAccount()
  const { frame } = await framed(wallet, site.url, '<iframe srcdoc="<p>in the page"></iframe>')
  const connecting = ask(frame, 'eth_requestAccounts')
  const approval = await wallet.approval()
  await expect(approval.locator('main')).toContainText(new URL(site.url).host)
  await expect(approval.locator('main')).toContainText('in a frame of its own page')
  await pressButton(approval.getByRole('button', { name: 'Connect', exact: true }))
  expect((await connecting)?.result).toHaveLength(1)
})

test('error: a connected site framed by another never signs by itself; both origins are shown', async ({
  wallet,
  site,
  stack,
}) => {
  await wallet.createAccount()
  const account = await connectWithSession(wallet, await openDapp(wallet, site.url), stack.record)
  const gestures = wallet.authenticator.gestures
  const { frame } = await framed(wallet, site.otherUrl, `<iframe src="${site.url}"></iframe>`)
  expect(await ask(frame, 'eth_accounts')).toEqual({ result: [account] })
  const sending = ask(frame, 'eth_sendTransaction', [{ from: account, ...plant(stack.record, 7) }])
  const approval = await wallet.approval()
  await expect(approval.locator('main')).toContainText(new URL(site.url).host)
  await expect(approval.locator('main')).toContainText(`in a frame of ${new URL(site.otherUrl).host}`)
  await pressButton(approval.getByRole('button', { name: 'Reject' }))
  expect(await sending).toMatchObject({ error: { code: 4001 } })
  expect(wallet.authenticator.gestures).toBe(gestures)
})

test('error: a frame cannot connect for the page around it', async ({ wallet, site, stack }) => {
  await wallet.createAccount()
  const { page, frame } = await framed(wallet, site.otherUrl, `<iframe src="${site.url}"></iframe>`)
  const connecting = ask(frame, 'eth_requestAccounts', [{ sessionPreferences: preferences(stack.record) }])
  await pressButton((await wallet.approval()).getByRole('button', { name: 'Approve', exact: true }))
  expect((await connecting)?.result).toHaveLength(1)
  expect(await ask(page.mainFrame(), 'eth_accounts')).toEqual({ result: [] })
})

test('behavior: only web pages get a provider: no PDF, XML, JSON or text, no root that is not HTML', async ({
  wallet,
  site,
}) => {
  const page = await wallet.context.newPage()
  const hasProvider = async (name: string) => {
    await page.goto(`${site.url}documents/${name}`)
    return page.evaluate(() => 'ethereum' in window)
  }
  expect(await hasProvider('xhtml')).toBe(true)
  for (const name of ['xml', 'svg', 'svg-as-xhtml', 'json', 'text', 'pdf'])
    expect(await hasProvider(name), name).toBe(false)
})
