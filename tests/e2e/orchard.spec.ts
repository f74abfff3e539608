import { chromium } from '@playwright/test'
import { parseEther, type Address } from 'viem'
import { answerApproval } from '../../demo/browser/answerApproval.mjs'
import { findChromium } from '../../demo/browser/findChromium.mjs'
import { pressButton } from '../../demo/browser/pressButton.mjs'
import { chainOf } from './chain'
import { expect, test } from './fixtures'
import { connectOrchard, enteredOrchard, openOrchard } from './orchard'

/** Where the hacked site wants everything to go; `demo/dapp/src/hack/attempt.ts`. */
const thief: Address = '0xbadbAdbadBADbaDBADbADbaDBADBaDBADbAdbAd1'

test('behavior: a newcomer makes the account and approves the session in the one window that Connect opens', async ({
  wallet,
  stack,
}) => {
  const orchard = await openOrchard(wallet, stack.record)
  await orchard.press('Connect')
  const approval = await wallet.approval()
  const pages = wallet.context.pages().length
  await approval.getByRole('button', { name: 'Create passkey' }).click()
  await answerApproval(approval, { heading: 'Approve session', button: 'Approve' })
  await enteredOrchard(orchard.page)
  expect(wallet.authenticator.gestures).toBe(2)
  expect(wallet.context.pages().length).toBeLessThanOrEqual(pages)
  await orchard.press('Plant plot 20')
  await orchard.expectNewest('Plant plot 20', 'confirmed')
})

test('behavior: a player plants, buys and tips without a window; what is too much is shown with the reason', async ({
  wallet,
  stack,
}) => {
  await wallet.createAccount()
  const orchard = await openOrchard(wallet, stack.record)
  const { page, press, left, expectNewest } = orchard
  await connectOrchard(wallet, orchard)
  const { gestures } = wallet.authenticator
  let windows = 0
  wallet.context.on('page', () => windows++)

  await press('Plant plot 7')
  await expectNewest('Plant plot 7', 'confirmed')
  await expect(page.getByTestId('plot').nth(7)).not.toHaveAttribute('data-times', '0')
  await press('Plant three')
  await expectNewest('Plant plots', 'confirmed')
  await expect.poll(() => left('left-plantings')).toBe(16n)
  await press('Buy water (1 DEMO)')
  await expectNewest('Water', 'confirmed')
  await press('Buy compost (2 DEMO)')
  await expectNewest('Compost', 'confirmed')
  await expect.poll(() => left('left-demo')).toBe(parseEther('7'))
  await press('Tip 0.002 ETH')
  await expectNewest('Tip', 'confirmed')
  await expect.poll(() => left('left-tips')).toBe(parseEther('0.008'))
  expect(windows).toBe(0)
  expect(wallet.authenticator.gestures).toBe(gestures)

  await press('Ask for 5 DEMO')
  const approval = await wallet.approval()
  await expect(approval.getByRole('heading', { name: 'Approve transaction' })).toBeVisible()
  await expect(approval.locator('body')).toContainText('at most 2 DEMO')
  await pressButton(approval.getByRole('button', { name: 'Reject', exact: true }))
  await expectNewest('Golden apple', 'declined')
  await page.bringToFront()
  expect(await left('left-demo')).toBe(parseEther('7'))

  await press('Skip to midnight')
  await expect(page.getByRole('status').filter({ hasText: 'It is a new day' })).toBeVisible()
  await expect.poll(() => left('left-demo')).toBe(parseEther('10'))
  await press('Buy compost (2 DEMO)')
  await expectNewest('Compost', 'confirmed')
  await expect.poll(() => left('left-demo')).toBe(parseEther('8'))

  await press('End session')
  const closing = await wallet.approval()
  await expect(closing.getByRole('heading', { name: 'Revoke session' })).toBeVisible()
  await answerApproval(closing, { heading: 'Approve transaction', button: 'Approve' })
  await expect(page.getByRole('button', { name: 'Ask for a session' })).toBeVisible()
  await expect(page.getByTestId('session')).toHaveAttribute('data-status', 'none')
})

test('behavior: a hacked site gets no window and no more than the approval said could be lost; its thief gets nothing', async ({
  wallet,
  stack,
}) => {
  await wallet.createAccount()
  const chain = chainOf(stack.record)
  const orchard = await openOrchard(wallet, stack.record)
  await orchard.press('Connect')
  const approval = await wallet.approval()
  const worst = /At worst you lose ([\d.]+) DEMO and ([\d.]+) ETH, fees included/
  await expect(approval.locator('body')).toContainText(worst)
  const [, demo = '', ether = ''] = worst.exec(await approval.locator('body').innerText()) ?? []
  await answerApproval(approval, { heading: 'Approve session', button: 'Approve' })
  const account = await enteredOrchard(orchard.page)
  const holdings = async (owner: Address) => ({
    demo: await chain.demoOf(owner),
    ether: await chain.client.getBalance({ address: owner }),
  })
  const before = await holdings(account)
  const code = await chain.client.getCode({ address: account })
  let windows = 0
  wallet.context.on('page', () => windows++)
  const { gestures } = wallet.authenticator

  await orchard.press('Pretend this site was hacked')
  const outflow = orchard.page.getByTestId('outflow')
  await expect(outflow).toHaveAttribute('data-held', 'true', { timeout: 45_000 })
  const outcomes = await orchard.page
    .getByTestId('hack-row')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-outcome')))
  expect(outcomes).toHaveLength(40)
  expect(outcomes.filter((outcome) => outcome !== 'refused' && outcome !== 'landed')).toEqual([])
  expect(outcomes.slice(0, 32)).not.toContain('landed')
  expect(outcomes.slice(32)).toContain('landed')
  expect(windows).toBe(0)
  expect(wallet.authenticator.gestures).toBe(gestures)

  const after = await holdings(account)
  expect(await holdings(thief)).toEqual({ demo: 0n, ether: 0n })
  expect(before.demo - after.demo).toBe(BigInt((await outflow.getAttribute('data-demo')) ?? ''))
  expect(before.ether - after.ether).toBe(BigInt((await outflow.getAttribute('data-eth')) ?? ''))
  expect(before.demo - after.demo).toBeLessThanOrEqual(parseEther(demo))
  expect(before.ether - after.ether).toBeLessThanOrEqual(parseEther(ether))
  expect(await chain.client.getCode({ address: account })).toBe(code)
})

test('error: without the wallet, Orchard says where to get it', async ({ stack }) => {
  const browser = await chromium.launch({
    executablePath: findChromium()?.path ?? '',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
  const page = await browser.newPage()
  await page.goto(stack.record.dappUrl)
  await expect(page.getByTestId('connection')).toContainText('Latchkey is not installed in this browser')
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(page.getByRole('link', { name: 'Get Latchkey' })).toHaveAttribute('href', /^https:/)
  await expect(page.getByTestId('connection')).toHaveAttribute('data-status', 'idle')
  await browser.close()
})
