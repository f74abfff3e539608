import { pressButton } from '../../demo/browser/pressButton.mjs'
import { connectWithSession, openDapp, plant, preferences } from './dapp'
import { expect, test } from './fixtures'

test('behavior: after a restart of the browser the wallet is locked; one gesture, and it signs by itself again', async ({
  wallet,
  site,
  stack,
}) => {
  await wallet.createAccount()
  const before = await openDapp(wallet, site.url)
  const account = await connectWithSession(wallet, before, stack.record)
  await wallet.restart()
  const dapp = await openDapp(wallet, site.url)
  expect(await dapp.request('eth_accounts')).toEqual([account])
  const gestures = wallet.authenticator.gestures
  const sending = dapp.request('eth_sendTransaction', [{ from: account, ...plant(stack.record, 11) }])
  const approval = await wallet.approval()
  await expect(approval.getByRole('heading', { name: 'Unlock' })).toBeVisible()
  await pressButton(approval.getByRole('button', { name: 'Unlock' }))
  expect(await sending).toMatch(/^0x[0-9a-f]{64}$/)
  await dapp.request('eth_sendTransaction', [{ from: account, ...plant(stack.record, 12) }])
  expect(wallet.authenticator.gestures).toBe(gestures + 1)
})

test('behavior: "Lock" stops auto-signing at once and keeps the connection', async ({
  wallet,
  site,
  stack,
}) => {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const account = await connectWithSession(wallet, dapp, stack.record)
  const popup = await wallet.open('#/')
  await popup.getByRole('button', { name: 'Lock', exact: true }).click()
  await expect(popup.locator('body')).toContainText('Locked. Sites see your address; nothing signs itself.')
  expect(await dapp.request('eth_accounts')).toEqual([account])
  const sending = dapp.request('eth_sendTransaction', [{ from: account, ...plant(stack.record, 13) }])
  await pressButton((await wallet.approval()).getByRole('button', { name: 'Unlock' }))
  expect(await sending).toMatch(/^0x[0-9a-f]{64}$/)
})

test('behavior: a session approval survives the worker that was stopped before the gesture', async ({
  wallet,
  site,
  stack,
}) => {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const connecting = dapp.request('eth_requestAccounts', [{ sessionPreferences: preferences(stack.record) }])
  const approval = await wallet.approval()
  await expect(approval.getByRole('button', { name: 'Approve', exact: true })).toBeEnabled()
  await wallet.stopWorker()
  await approval.bringToFront()
  await pressButton(approval.getByRole('button', { name: 'Approve', exact: true }))
  const [account] = (await connecting) as [string]
  await dapp.request('eth_sendTransaction', [{ from: account, ...plant(stack.record, 14) }])
})

test('behavior: an ephemeral session ends with the browser: shown so, open on chain, and revocable', async ({
  wallet,
  site,
  stack,
}) => {
  wallet.authenticator.settings.prf = false
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const connecting = dapp.request('eth_requestAccounts', [{ sessionPreferences: preferences(stack.record) }])
  const approval = await wallet.approval()
  await pressButton(approval.getByRole('button', { name: 'Approve', exact: true }))
  await expect(approval.locator('body')).toContainText('this session ends when the browser closes')
  await pressButton(approval.getByRole('button', { name: 'Approve', exact: true }))
  await connecting
  await wallet.restart()
  const page = await wallet.open('#/sessions')
  await expect(page.locator('main')).toContainText('no longer holds its key. It is still open on')
  await expect(page.getByRole('button', { name: 'Revoke', exact: true })).toBeEnabled()
  await expect(page.getByRole('button', { name: 'Pause' })).toHaveCount(0)
})
