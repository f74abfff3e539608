import type { Page } from '@playwright/test'
import { pressButton } from '../../demo/browser/pressButton.mjs'
import { connectWithSession, errorOf, openDapp, preferences } from './dapp'
import { expect, test, type Wallet } from './fixtures'
import { leftovers } from './leftovers'

const dead = '0x000000000000000000000000000000000000dEaD'

/** Windows that show approvals. */
const windows = (wallet: Wallet) =>
  wallet.context.pages().filter((page) => page.url().startsWith(`${wallet.popupUrl}#/approve/`))

/** Reads the number on the toolbar's button, through a page of the extension that is open. */
async function badge(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { chrome } = globalThis as unknown as {
      chrome: { action: { getBadgeText(details: object): Promise<string> } }
    }
    return chrome.action.getBadgeText({})
  })
}

test('behavior: two sites wait in one window, one after the other; the badge counts them', async ({
  wallet,
  site,
}) => {
  await wallet.createAccount()
  const popup = await wallet.open('#/')
  const [first, second] = [await openDapp(wallet, site.url), await openDapp(wallet, site.otherUrl)]
  const answers = [errorOf(first.request('eth_requestAccounts'))]
  const approval = await wallet.approval()
  answers.push(errorOf(second.request('eth_requestAccounts')))
  await expect.poll(() => badge(popup)).toBe('2')
  expect(windows(wallet)).toHaveLength(1)
  await expect(approval.locator('main')).toContainText(new URL(site.url).host)
  await pressButton(approval.getByRole('button', { name: 'Reject' }))
  await expect(approval.locator('main')).toContainText(new URL(site.otherUrl).host)
  expect(await answers[0]).toMatchObject({ code: 4001 })
  await expect.poll(() => badge(popup)).toBe('1')
  await pressButton(approval.getByRole('button', { name: 'Reject' }))
  expect(await answers[1]).toMatchObject({ code: 4001 })
  await expect.poll(() => badge(popup)).toBe('')
  expect(windows(wallet)).toHaveLength(0)
})

for (const leave of ['navigates away', 'is reloaded', 'is closed'] as const)
  test(`behavior: the page ${leave}: its approval goes, and with it the key and the reservation`, async ({
    wallet,
    site,
    stack,
  }) => {
    await wallet.createAccount()
    const dapp = await openDapp(wallet, site.url)
    wallet.authenticator.settings.refuse = 'cancel'
    void dapp
      .request('eth_requestAccounts', [{ sessionPreferences: preferences(stack.record) }])
      .catch(() => undefined)
    const approval = await wallet.approval()
    // The operation is fixed and its lane reserved; the prompt was cancelled and the window waits for another try.
    await pressButton(approval.getByRole('button', { name: 'Approve', exact: true }))
    await expect(approval.getByRole('alert')).toContainText('No passkey was used')
    const gone = approval.waitForEvent('close')
    if (leave === 'navigates away') await dapp.page.goto(site.otherUrl)
    else if (leave === 'is reloaded') await dapp.page.reload()
    else await dapp.page.close()
    await gone
    await expect.poll(() => leftovers(wallet)).toEqual({ memory: [], journal: ['void'] })
    wallet.authenticator.settings.refuse = undefined
    await connectWithSession(wallet, await openDapp(wallet, site.url), stack.record)
  })

test('behavior: neither lost focus nor another window that closes is a rejection', async ({
  wallet,
  site,
}) => {
  const account = await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const connecting = dapp.request('eth_requestAccounts')
  const approval = await wallet.approval()
  await dapp.page.bringToFront()
  const opening = wallet.context.waitForEvent('page')
  await dapp.page.evaluate(() => void window.open('about:blank', 'another', 'popup,width=300,height=300'))
  await (await opening).close()
  const own = await wallet.open('#/sessions')
  await own.close()
  await approval.bringToFront()
  await pressButton(approval.getByRole('button', { name: 'Connect', exact: true }))
  expect(await connecting).toEqual([account])
})

test('behavior: a click that was meant for something else does not agree: armed a second after the window has the focus', async ({
  wallet,
  site,
  stack,
}) => {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const connecting = dapp.request('eth_requestAccounts', [{ sessionPreferences: preferences(stack.record) }])
  const approval = await wallet.approval()
  const agree = approval.getByRole('button', { name: 'Approve', exact: true })
  await expect(agree).toBeEnabled()
  await approval.evaluate(() => window.dispatchEvent(new Event('blur')))
  await expect(agree).toBeDisabled()
  const isDisabled = await agree.evaluate((button: HTMLButtonElement) => {
    window.dispatchEvent(new Event('focus'))
    button.click()
    return button.disabled
  })
  expect(isDisabled).toBe(true)
  await expect(agree).toBeEnabled()
  expect(wallet.authenticator.gestures).toBe(1)
  await pressButton(agree)
  expect(await connecting).toHaveLength(1)
})

test('error: what waits for the owner is bounded: eight approvals of a site in one window, then -32002', async ({
  wallet,
  site,
}) => {
  const account = await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const connecting = dapp.request('eth_requestAccounts')
  await pressButton((await wallet.approval()).getByRole('button', { name: 'Connect', exact: true }))
  await connecting
  const ends = Array.from({ length: 11 }, (_, index) =>
    errorOf(
      dapp.request('eth_sendTransaction', [
        { from: account, to: dead, value: `0x${(index + 1).toString(16)}` },
      ]),
    ),
  )
  const approval = await wallet.approval()
  const popup = await wallet.open('#/')
  await expect.poll(() => badge(popup)).toBe('8')
  expect(windows(wallet)).toHaveLength(1)
  await approval.close()
  const codes = (await Promise.all(ends)).map(({ code }) => code).sort()
  expect(codes).toEqual([
    ...Array.from({ length: 3 }, () => -32002),
    ...Array.from({ length: 8 }, () => 4001),
  ])
  await expect.poll(() => badge(popup)).toBe('')
})

test('error: a site that was refused three times has to wait; another site does not', async ({
  wallet,
  site,
}) => {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  for (let time = 0; time < 3; time++) {
    const asking = errorOf(dapp.request('eth_requestAccounts'))
    await pressButton((await wallet.approval()).getByRole('button', { name: 'Reject' }))
    expect(await asking).toMatchObject({ code: 4001 })
    await expect.poll(() => windows(wallet)).toHaveLength(0)
  }
  const refused = await errorOf(dapp.request('eth_requestAccounts'))
  expect(refused).toMatchObject({ code: -32002, message: expect.stringMatching(/Ask again in \d s/) })
  expect(windows(wallet)).toHaveLength(0)
  const other = await openDapp(wallet, site.otherUrl)
  const connecting = other.request('eth_requestAccounts')
  await pressButton((await wallet.approval()).getByRole('button', { name: 'Connect', exact: true }))
  expect(await connecting).toHaveLength(1)
})
