import type { Page } from '@playwright/test'
import { pressButton } from '../../demo/browser/pressButton.mjs'
import { chainOf } from './chain'
import { connectWithSession, openDapp, pay, plant } from './dapp'
import { expect, test, type Wallet } from './fixtures'

/** Adds a passkey of another device from the settings, approved by the first one. */
async function addFrom(wallet: Wallet, page: Page, device: number): Promise<void> {
  wallet.authenticator.settings.device = device
  await page.getByRole('button', { name: 'Add passkey' }).click()
  await expect(page.getByRole('heading', { name: 'Add passkey' })).toBeVisible()
  wallet.authenticator.settings.device = 0
  await page.getByRole('button', { name: 'Approve', exact: true }).click()
  await expect(page.locator('body')).toContainText('Passkey added')
  await page.goto(`${wallet.popupUrl}#/settings`)
  await page.reload()
}

test('behavior: a second passkey is added on chain, opens the vault, and removes the first with the sessions it could open', async ({
  wallet,
  site,
  stack: { record },
}) => {
  test.setTimeout(300_000)
  await wallet.createAccount()
  const chain = chainOf(record)
  const dapp = await openDapp(wallet, site.url)
  const account = await connectWithSession(wallet, dapp, record)
  await chain.giveDemo(account)
  const page = await wallet.open('#/settings')
  await expect(page.locator('main')).toContainText('The only passkey here cannot be removed.')
  await addFrom(wallet, page, 1)
  const [first, second] = wallet.authenticator.credentials
  expect(Buffer.from(second?.userHandle ?? '', 'base64url').toString('hex')).toBe(
    account.slice(2).toLowerCase(),
  )
  expect(first?.userHandle).not.toBe(second?.userHandle)
  await expect(page.locator('main')).toContainText('Passkey 2')

  // Its first ceremony, with the vault open, lets it open the vault from then on.
  wallet.authenticator.settings.device = 1
  const over = dapp.request('eth_sendTransaction', [{ from: account, ...pay(record, '3') }])
  await pressButton((await wallet.approval()).getByRole('button', { name: 'Approve once' }))
  await over
  await wallet.restart()
  const again = await openDapp(wallet, site.url)
  const sending = again.request('eth_sendTransaction', [{ from: account, ...plant(record, 1) }])
  await pressButton((await wallet.approval()).getByRole('button', { name: 'Unlock' }))
  await sending

  const settings = await wallet.open('#/settings')
  await settings.getByRole('button', { name: 'Remove passkey 1' }).click()
  const dialog = settings.getByRole('alertdialog')
  await expect(dialog.getByRole('checkbox')).toBeChecked()
  await dialog.getByRole('button', { name: 'Remove passkey' }).click()
  await expect(settings.getByRole('heading', { name: 'Remove passkey' })).toBeVisible()
  await expect(settings.locator('main')).toContainText('1 session')
  // The one that is removed cannot sign its removal.
  wallet.authenticator.settings.device = 0
  await settings.getByRole('button', { name: 'Approve', exact: true }).click()
  await expect(settings.getByRole('alert')).toContainText('No passkey was used')
  wallet.authenticator.settings.device = 1
  await settings.getByRole('button', { name: 'Approve', exact: true }).click()
  await expect(settings.locator('body')).toContainText('Passkey removed')
  const status = async () => ((await again.request('wallet_getSessions')) as { status: string }[])[0]?.status
  await expect.poll(status).toBe('closed')
  await settings.goto(`${wallet.popupUrl}#/settings`)
  await settings.reload()
  await expect(settings.locator('main')).toContainText('Removed on')
  await expect(settings.locator('main')).toContainText('The only passkey here cannot be removed.')

  // The chain knows the second one alone.
  const last = again.request('eth_sendTransaction', [{ from: account, ...pay(record, '1') }])
  const approval = await wallet.approval()
  wallet.authenticator.settings.device = 0
  await pressButton(approval.getByRole('button', { name: 'Approve' }))
  await expect(approval.getByRole('alert')).toContainText('No passkey was used')
  wallet.authenticator.settings.device = 1
  await pressButton(approval.getByRole('button', { name: 'Approve' }))
  expect(await last).toMatch(/^0x[0-9a-f]{64}$/)
})

test('behavior: an account that is not deployed gets its second passkey in its first operation; a rejected one can be added later', async ({
  wallet,
  stack: { record },
}) => {
  wallet.authenticator.settings.backupEligible = false
  const address = await wallet.createAccount()
  const page = await wallet.open('#/settings')
  await expect(page.locator('main')).toContainText('This passkey is on one device only')
  wallet.authenticator.settings.device = 1
  await page.getByRole('button', { name: 'Add passkey' }).click()
  await page.getByRole('button', { name: 'Reject' }).click()
  await page.goto(`${wallet.popupUrl}#/settings`)
  await page.reload()
  await expect(page.locator('main')).toContainText('Not added yet')
  await page.getByRole('button', { name: /^Add on / }).click()
  wallet.authenticator.settings.device = 0
  await page.getByRole('button', { name: 'Approve', exact: true }).click()
  await expect(page.locator('body')).toContainText('Passkey added')
  expect(await chainOf(record).client.getCode({ address: address as `0x${string}` })).not.toBeUndefined()
})

test('error: the same device makes no second passkey for the account', async ({ wallet }) => {
  await wallet.createAccount()
  const page = await wallet.open('#/settings')
  await page.getByRole('button', { name: 'Add passkey' }).click()
  await expect(page.getByRole('alert')).toContainText('already holds a passkey for this account')
})
