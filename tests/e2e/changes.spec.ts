import type { Address } from 'viem'
import { pressButton } from '../../demo/browser/pressButton.mjs'
import { chainOf } from './chain'
import { errorOf, openDapp, pay, plant } from './dapp'
import { expect, test } from './fixtures'

test('behavior: an approval shows what a transaction changes before the account exists, and that a reverting one would fail', async ({
  wallet,
  site,
  stack: { record },
}) => {
  const account = (await wallet.createAccount()) as Address
  const chain = chainOf(record)
  await chain.giveDemo(account)
  const dapp = await openDapp(wallet, site.url)
  const connecting = dapp.request('eth_requestAccounts')
  await pressButton((await wallet.approval()).getByRole('button', { name: 'Connect', exact: true }))
  await connecting

  const paying = dapp.request('eth_sendTransaction', [{ from: account, ...pay(record, '3') }])
  const approval = await wallet.approval()
  await expect(approval.locator('main')).toContainText('Send 3 DEMO to')
  await expect(approval.getByRole('listitem').filter({ hasText: '−3 DEMO' })).toBeVisible()
  await pressButton(approval.getByRole('button', { name: 'Approve', exact: true }))
  expect(await paying).toMatch(/^0x[0-9a-f]{64}$/)
  expect(await chain.demoOf(account)).toBe(97n * 10n ** 18n)

  // The orchard has the plots 0–35.
  const failing = errorOf(dapp.request('eth_sendTransaction', [{ from: account, ...plant(record, 40) }]))
  const refused = await wallet.approval()
  await expect(refused.getByRole('alert').filter({ hasText: 'This would fail' })).toContainText(
    'As things stand it is refused',
  )
  await pressButton(refused.getByRole('button', { name: 'Reject' }))
  expect(await failing).toMatchObject({ code: 4001 })
})
