import { pressButton } from '../../demo/browser/pressButton.mjs'
import { errorOf, openDapp } from './dapp'
import { expect, test } from './fixtures'

test('behavior: the user connects a site; a reload is silent; disconnecting ends it at once', async ({
  wallet,
  site,
}) => {
  const account = await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  expect(await dapp.request('eth_accounts')).toEqual([])
  const connecting = dapp.request('eth_requestAccounts')
  const approval = await wallet.approval()
  await expect(approval.getByRole('heading', { name: 'Connect' })).toBeVisible()
  await expect(approval.locator('body')).toContainText(new URL(site.url).host)
  await pressButton(approval.getByRole('button', { name: 'Connect', exact: true }))
  expect(await connecting).toEqual([account])
  await dapp.page.reload()
  const again = await openDapp(wallet, site.url)
  expect(await again.request('eth_accounts')).toEqual([account])
  await again.request('wallet_revokePermissions', [{ eth_accounts: {} }])
  expect(await again.request('eth_accounts')).toEqual([])
})

test('behavior: another origin sees nothing of a connection', async ({ wallet, site }) => {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const connecting = dapp.request('eth_requestAccounts')
  await pressButton((await wallet.approval()).getByRole('button', { name: 'Connect', exact: true }))
  await connecting
  const other = await openDapp(wallet, site.otherUrl)
  expect(await other.request('eth_accounts')).toEqual([])
  expect(await errorOf(other.request('wallet_getSessions'))).toMatchObject({ code: 4100 })
})

test('behavior: a connect without an account continues in one window, create then connect', async ({
  wallet,
  site,
}) => {
  const dapp = await openDapp(wallet, site.url)
  const connecting = dapp.request('eth_requestAccounts')
  const approval = await wallet.approval()
  await approval.getByRole('button', { name: 'Create passkey' }).click()
  await pressButton(approval.getByRole('button', { name: 'Connect', exact: true }))
  expect(await connecting).toEqual([expect.stringMatching(/^0x[0-9a-fA-F]{40}$/)])
})

test('error: rejecting is 4001', async ({ wallet, site }) => {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const connecting = errorOf(dapp.request('eth_requestAccounts'))
  await pressButton((await wallet.approval()).getByRole('button', { name: 'Reject' }))
  expect(await connecting).toMatchObject({ code: 4001 })
  expect(await dapp.request('eth_accounts')).toEqual([])
})

test('error: closing the window is 4001', async ({ wallet, site }) => {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const connecting = errorOf(dapp.request('eth_requestAccounts'))
  await (await wallet.approval()).close()
  expect(await connecting).toMatchObject({ code: 4001 })
})

test('behavior: two requests of one site join in one window', async ({ wallet, site }) => {
  const account = await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const connecting = Promise.all([dapp.request('eth_requestAccounts'), dapp.request('eth_requestAccounts')])
  const approval = await wallet.approval()
  await pressButton(approval.getByRole('button', { name: 'Connect', exact: true }))
  expect(await connecting).toEqual([[account], [account]])
})

test('behavior: a request survives the worker that was stopped before the approval', async ({
  wallet,
  site,
}) => {
  const account = await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const connecting = dapp.request('eth_requestAccounts')
  const approval = await wallet.approval()
  await expect(approval.getByRole('button', { name: 'Connect', exact: true })).toBeVisible()
  await wallet.stopWorker()
  await approval.bringToFront()
  await pressButton(approval.getByRole('button', { name: 'Connect', exact: true }))
  expect(await connecting).toEqual([account])
})
