import type { Hex } from 'viem'
import { pressButton } from '../../demo/browser/pressButton.mjs'
import type { StackRecord } from '../../demo/stack/startStack.mjs'
import { latchkeyDeployment } from '@/lib/chains/deployments/latchkey.gen'
import { chainOf } from './chain'
import { connectWithSession, errorOf, openDapp, pay, preferences } from './dapp'
import { expect, test } from './fixtures'

/** `revert(0, 0)`, whatever it is called with. */
const refusing: Hex = '0x60006000fd'

/** Lets the session module refuse everything while `work` runs. What was estimated before fails on the chain. */
async function whileRefused(record: StackRecord, work: () => Promise<unknown>): Promise<void> {
  const { client } = chainOf(record)
  const address = latchkeyDeployment.sessionKeyValidator
  const bytecode = await client.getCode({ address })
  if (bytecode === undefined) throw new Error('The session module is not deployed.')
  await client.setCode({ address, bytecode: refusing })
  try {
    await work()
  } finally {
    await client.setCode({ address, bytecode })
  }
}

test('behavior: a session that fails on chain is said to have failed, and the window waits to be read', async ({
  wallet,
  site,
  stack,
}) => {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const account = await connectWithSession(wallet, dapp, stack.record)
  const asking = errorOf(
    dapp.request('eth_requestAccounts', [
      { sessionPreferences: { ...preferences(stack.record), expiresAt: '2 days' } },
    ]),
  )
  const approval = await wallet.approval()
  const approve = approval.getByRole('button', { name: 'Approve', exact: true })
  await expect(approve).toBeEnabled()
  // Waits behind it.
  const other = errorOf(
    dapp.request('eth_sendTransaction', [{ from: account, ...pay(stack.record, '1', account) }]),
  )
  // It asks the chain about the session: not before that is over may the module refuse.
  const popup = await wallet.open('#/settings')
  await expect.poll(() => popup.evaluate('chrome.action.getBadgeText({})')).toBe('2')
  await approval.bringToFront()
  await whileRefused(stack.record, async () => {
    await approve.click()
    await expect(approval.getByText('No session was made')).toBeVisible()
  })
  await expect(approval.locator('main')).toContainText('The fee was charged, all else is as before.')
  await expect(approval.locator('main')).not.toContainText('active')
  expect(await asking).toMatchObject({ code: 3 })
  await approval.getByRole('button', { name: 'Next request' }).click()
  await expect(approval.getByRole('heading', { name: 'Approve transaction' })).toBeVisible()
  await pressButton(approval.getByRole('button', { name: 'Reject' }))
  expect(await other).toMatchObject({ code: 4001 })
})

test('behavior: a revocation that fails on chain is not said to have closed anything', async ({
  wallet,
  site,
  stack,
}) => {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  await connectWithSession(wallet, dapp, stack.record)
  const page = await wallet.open('#/sessions')
  await page.getByRole('button', { name: 'Revoke', exact: true }).click()
  const confirm = page.getByRole('alertdialog').getByRole('button', { name: 'Revoke', exact: true })
  if (await confirm.isVisible()) await confirm.click()
  const approve = page.getByRole('button', { name: 'Approve', exact: true })
  await expect(approve).toBeEnabled()
  await whileRefused(stack.record, async () => {
    await approve.click()
    await expect(page.getByText('Not closed on chain', { exact: true })).toBeVisible()
  })
  await expect(page.locator('main')).toContainText('a copied key still could: close it again from Sessions.')
  await expect(page.locator('main')).not.toContainText('Closed on chain')
})
