import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { connectWithSession, openDapp, preferences } from './dapp'
import { expect, test } from './fixtures'

async function expectNoViolations(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const axe = new AxeBuilder({ page })
    // Of the default rules, only these look at colours.
    if (colorScheme === 'dark') axe.withRules(['color-contrast', 'link-in-text-block'])
    const { violations } = await axe.analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  }
}

test('behavior: no page of the popup has an accessibility violation, in light and dark', async ({
  wallet,
  site,
  stack,
}) => {
  const welcome = await wallet.open('#/welcome')
  await expect(welcome.getByRole('button', { name: 'Create passkey' })).toBeVisible()
  await expectNoViolations(welcome)
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  await connectWithSession(wallet, dapp, stack.record)
  for (const route of ['#/', '#/sessions', '#/activity', '#/networks', '#/settings']) {
    const page = await wallet.open(route)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    if (route === '#/activity') {
      await page.getByRole('button', { name: 'Filters' }).click()
      await page.getByRole('button', { name: /^Session approved/ }).click()
    }
    await expectNoViolations(page)
    await page.close()
  }
})

test('behavior: a session approval has no accessibility violation, in light and dark', async ({
  wallet,
  site,
  stack,
}) => {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const connecting = dapp
    .request('eth_requestAccounts', [{ sessionPreferences: preferences(stack.record) }])
    .catch((error: { code: number }) => error.code)
  const approval = await wallet.approval()
  await expect(approval.getByRole('button', { name: 'Approve', exact: true })).toBeEnabled()
  await expectNoViolations(approval)
  await approval.close()
  expect(await connecting).toBe(4001)
})
