import type { Page } from '@playwright/test'
import type { Address } from 'viem'
import { answerApproval } from '../../demo/browser/answerApproval.mjs'
import type { StackRecord } from '../../demo/stack/startStack.mjs'
import { expect, type Wallet } from './fixtures'

/** The demo dapp as a player finds it; names and test ids in `demo/dapp/README.md`. */
export type Orchard = {
  readonly page: Page
  /** Clicks the button of this name. */
  press(name: string): Promise<void>
  /** What a meter says is left, in the smallest unit. */
  left(meter: 'left-demo' | 'left-plantings' | 'left-tips'): Promise<bigint>
  /** Waits until the newest transaction of the list has this label and ended so. */
  expectNewest(label: string, status: 'confirmed' | 'declined' | 'failed'): Promise<void>
}

/** Opens Orchard in a tab. */
export async function openOrchard({ context }: Wallet, { dappUrl }: StackRecord): Promise<Orchard> {
  const page = await context.newPage()
  await page.goto(dappUrl)
  return {
    page,
    press: (name) => page.getByRole('button', { name, exact: true }).click(),
    async left(meter) {
      return BigInt((await page.getByTestId(meter).getAttribute('data-left')) ?? '')
    },
    async expectNewest(label, status) {
      const row = page.getByTestId('log-row').first()
      await expect(row).toContainText(label)
      await expect(row).toHaveAttribute('data-status', status)
    },
  }
}

/** Approves the session that Orchard's "Connect" asks for, and waits until the page has the account and the demo chain's gift. */
export async function connectOrchard(wallet: Wallet, { page, press }: Orchard): Promise<Address> {
  await press('Connect')
  await answerApproval(await wallet.approval(), { heading: 'Approve session', button: 'Approve' })
  return enteredOrchard(page)
}

/** The account that Orchard is connected as, once it has something to spend. */
export async function enteredOrchard(page: Page): Promise<Address> {
  await expect(page.getByTestId('session')).toHaveAttribute('data-status', 'active')
  await expect(page.getByTestId('funds')).toContainText('100 DEMO')
  return (await page.getByTestId('account').getAttribute('data-account')) as Address
}
