import type { Page } from '@playwright/test'
import { answerApproval } from '../../../demo/browser/answerApproval.mjs'
import { expect, openClient, test } from './clientFixtures'

/** How a user finds the wallet in each kit's own window. */
const kits: { readonly [client: string]: (page: Page) => Promise<void> } = {
  async rainbowkit(page) {
    await page.getByRole('button', { name: 'Connect Wallet' }).click()
    await page.getByRole('button', { name: 'Latchkey' }).click()
  },
  async appkit(page) {
    await page.locator('appkit-button').getByRole('button').click()
    await page.locator('wui-list-wallet', { hasText: 'Latchkey' }).click()
  },
}

for (const [client, chooseLatchkey] of Object.entries(kits)) {
  test(`behavior: ${client} lists the wallet without its own servers, connects, reconnects silently, disconnects`, async ({
    account,
    clients,
    sharedWallet: wallet,
  }) => {
    const page = await openClient(wallet, clients, client)
    const current = () => page.evaluate(() => window.client.account())
    expect(await current()).toBeNull()
    await chooseLatchkey(page)
    await answerApproval(await wallet.approval(), { heading: 'Connect', button: 'Connect' })
    await expect.poll(current).toBe(account)
    await page.bringToFront()
    await page.reload()
    await page.locator('body[data-ready]').waitFor({ state: 'attached' })
    await expect.poll(current).toBe(account)
    await page.evaluate(() => window.client.disconnect())
    await expect.poll(current).toBeNull()
  })
}
