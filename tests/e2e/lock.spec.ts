import { pressButton } from '../../demo/browser/pressButton.mjs'
import { connectWithSession, errorOf, openDapp, plant, preferences } from './dapp'
import { expect, test } from './fixtures'

test('behavior: "Pause" needs no gesture and survives unlock and restart', async ({
  wallet,
  site,
  stack,
}) => {
  test.setTimeout(90_000)
  await wallet.createAccount()
  const before = await openDapp(wallet, site.url)
  const account = await connectWithSession(wallet, before, stack.record)
  const gestures = wallet.authenticator.gestures
  const page = await wallet.open('#/sessions')
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible()
  expect(wallet.authenticator.gestures).toBe(gestures)
  await wallet.restart()
  const popup = await wallet.open('#/')
  await popup.getByRole('button', { name: 'Unlock' }).click()
  await popup.getByRole('button', { name: 'Unlock' }).click()
  await expect(popup.locator('body')).toContainText('Unlocked')
  await popup.goto(`${wallet.popupUrl}#/`)
  const dapp = await openDapp(wallet, site.url)
  const sending = errorOf(dapp.request('eth_sendTransaction', [{ from: account, ...plant(stack.record, 1) }]))
  const approval = await wallet.approval()
  await expect(approval.locator('body')).toContainText('The session is paused')
  await pressButton(approval.getByRole('button', { name: 'Reject' }))
  expect(await sending).toMatchObject({ code: 4001, data: { refusal: { rule: 'SessionNotActive' } } })
  await popup.goto(`${wallet.popupUrl}#/sessions`)
  await popup.getByRole('button', { name: 'Resume' }).click()
  await expect(popup.getByRole('button', { name: 'Pause' })).toBeVisible()
  await dapp.request('eth_sendTransaction', [{ from: account, ...plant(stack.record, 1) }])
})

test('behavior: an update of the extension locks', async ({ wallet, site, stack }) => {
  await wallet.createAccount()
  const before = await openDapp(wallet, site.url)
  const account = await connectWithSession(wallet, before, stack.record)
  await wallet.reload()
  const dapp = await openDapp(wallet, site.url)
  const sending = dapp.request('eth_sendTransaction', [{ from: account, ...plant(stack.record, 2) }])
  await pressButton((await wallet.approval()).getByRole('button', { name: 'Unlock' }))
  expect(await sending).toMatch(/^0x[0-9a-f]{64}$/)
})

test('behavior: "Lock" with an ephemeral session warns, then ends it', async ({ wallet, site, stack }) => {
  wallet.authenticator.settings.prf = false
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const connecting = dapp.request('eth_requestAccounts', [{ sessionPreferences: preferences(stack.record) }])
  const approval = await wallet.approval()
  await pressButton(approval.getByRole('button', { name: 'Approve', exact: true }))
  // Nothing is sent: it is shown again, for 24 hours at most.
  await expect(approval.locator('body')).toContainText('this session ends when the browser closes')
  expect(wallet.authenticator.gestures).toBe(2)
  await pressButton(approval.getByRole('button', { name: 'Approve', exact: true }))
  const [account] = (await connecting) as [string]
  await dapp.request('eth_sendTransaction', [{ from: account, ...plant(stack.record, 3) }])
  const popup = await wallet.open('#/')
  await popup.getByRole('button', { name: 'Lock', exact: true }).click()
  const dialog = popup.getByRole('alertdialog')
  await expect(dialog).toContainText('Locking ends a session')
  await dialog.getByRole('button', { name: 'Keep open' }).click()
  await dapp.request('eth_sendTransaction', [{ from: account, ...plant(stack.record, 4) }])
  await popup.getByRole('button', { name: 'Lock', exact: true }).click()
  await dialog.getByRole('button', { name: 'Lock and end it' }).click()
  await popup.goto(`${wallet.popupUrl}#/sessions`)
  await expect(popup.locator('main')).toContainText('no longer holds its key')
})
