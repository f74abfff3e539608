import { parseEther } from 'viem'
import { chainOf } from './chain'
import { errorOf, openDapp, pay, plant, preferences } from './dapp'
import { expect, test } from './fixtures'

type Session = {
  readonly status: string
  readonly spec: {
    readonly expiresAt: number
    readonly transferPolicies: unknown[]
    readonly callPolicies: { readonly constraints: { readonly limit: { readonly limit: string } }[] }[]
  }
}

test('behavior: the owner takes away from what a site asks, live; the site gets what was granted, and no more is signed', async ({
  wallet,
  site,
  stack,
}) => {
  await wallet.createAccount()
  const chain = chainOf(stack.record)
  const dapp = await openDapp(wallet, site.url)
  const asking = () =>
    dapp.request('eth_requestAccounts', [{ sessionPreferences: preferences(stack.record) }])
  const connecting = asking()
  const approval = await wallet.approval()
  const worst = approval.getByText('At worst you lose').first()
  const approve = approval.getByRole('button', { name: 'Approve', exact: true })
  await expect(worst).toContainText('20 DEMO and 0.06 ETH')
  await expect(approve).toBeEnabled()
  await approval.getByRole('button', { name: 'Change limits' }).click()
  await expect(approve).toBeDisabled()
  const payments = approval.getByRole('group', { name: /DEMO/ })
  await payments.getByLabel('In total', { exact: true }).fill('11')
  await expect(payments).toContainText('More than what was asked: 10 DEMO a day.')
  await expect(approval.getByRole('button', { name: 'Use these limits' })).toBeDisabled()
  await payments.getByLabel('In total', { exact: true }).fill('3')
  await payments.getByLabel('In total: period').selectOption('in all')
  await approval.getByRole('group', { name: /ETH/ }).getByRole('checkbox').uncheck()
  await approval.getByLabel('Fees', { exact: true }).fill('0.02')
  // As it is entered, before anything is taken over.
  await expect(worst).toContainText('3 DEMO and 0.02 ETH')
  await approval.getByRole('button', { name: 'Use these limits' }).click()
  await expect(approval.getByText('Less than the site asked for')).toBeVisible()
  await approve.click()
  const [account] = (await connecting) as [`0x${string}`]

  const [session] = (await dapp.request('wallet_getSessions')) as [Session]
  expect(session.spec.transferPolicies).toEqual([])
  const payment = session.spec.callPolicies.find(({ constraints }) => constraints.length === 2)
  expect(payment?.constraints[1]?.limit).toMatchObject({
    limitType: 'Lifetime',
    limit: `0x${parseEther('3').toString(16)}`,
  })
  await chain.giveDemo(account)
  await dapp.request('eth_sendTransaction', [{ from: account, ...pay(stack.record, '2') }])
  await dapp.request('eth_sendTransaction', [{ from: account, ...plant(stack.record, 3) }])
  expect(wallet.authenticator.gestures).toBe(2)
  // The site asks for all of it again, as it does on every visit: nothing is asked of the owner.
  expect(await asking()).toEqual([account])
  const over = errorOf(dapp.request('eth_sendTransaction', [{ from: account, ...pay(stack.record, '2') }]))
  const refused = await wallet.approval()
  await expect(refused.locator('body')).toContainText('2 of 3 DEMO used, this asks 2, 1 too much')
  await refused.getByRole('button', { name: 'Reject' }).click()
  expect(await over).toMatchObject({ code: 4001, data: { refusal: { rule: 'LifetimeUsageExceeded' } } })
})
