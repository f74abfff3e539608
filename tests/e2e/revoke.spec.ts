import { pressButton } from '../../demo/browser/pressButton.mjs'
import { connectWithSession, errorOf, openDapp, plant } from './dapp'
import { expect, test } from './fixtures'

test('behavior: the session list shows what remains; a revoked session is dead at once and on chain', async ({
  wallet,
  site,
  stack,
}) => {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const account = await connectWithSession(wallet, dapp, stack.record)
  const page = await wallet.open('#/sessions')
  await expect(page.locator('main')).toContainText('10 DEMO')
  await page.getByRole('button', { name: 'Revoke', exact: true }).click()
  const confirm = page.getByRole('alertdialog').getByRole('button', { name: 'Revoke', exact: true })
  if (await confirm.isVisible()) await confirm.click()
  // The key is gone before anything is signed on chain.
  await expect(page.getByRole('heading', { name: 'Approve transaction' })).toBeVisible()
  const sending = errorOf(dapp.request('eth_sendTransaction', [{ from: account, ...plant(stack.record, 3) }]))
  await page.getByRole('button', { name: 'Approve', exact: true }).click()
  await expect
    .poll(async () => {
      const [session] = (await dapp.request('wallet_getSessions')) as { status: string }[]
      return session?.status
    })
    .toBe('closed')
  const approval = await wallet.approval()
  await expect(approval.getByRole('heading', { name: 'Approve transaction' })).toBeVisible()
  await pressButton(approval.getByRole('button', { name: 'Reject' }))
  expect(await sending).toMatchObject({ code: 4001, data: { refusal: { rule: 'SessionNotActive' } } })
})
