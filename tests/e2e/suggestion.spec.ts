import { chainOf } from './chain'
import { errorOf, openDapp, pay } from './dapp'
import { expect, test } from './fixtures'

type Session = { readonly status: string }

test('behavior: a payment becomes a session; the next signs itself, one over its limit asks; the list tells each by its signer', async ({
  wallet,
  site,
  stack,
}) => {
  await wallet.createAccount()
  const chain = chainOf(stack.record)
  const dapp = await openDapp(wallet, site.url)
  const connecting = dapp.request('eth_requestAccounts')
  await (await wallet.approval()).getByRole('button', { name: 'Connect', exact: true }).click()
  const [account] = (await connecting) as [`0x${string}`]
  await chain.giveDemo(account)
  const send = (amount: string) =>
    dapp.request('eth_sendTransaction', [{ from: account, ...pay(stack.record, amount) }])

  const first = send('1')
  const approval = await wallet.approval()
  await approval.getByRole('button', { name: 'Don’t ask me again for this' }).click()
  await expect(approval.getByRole('heading', { name: 'Approve session' })).toBeVisible()
  await expect(approval.locator('main')).toContainText('up to 1 DEMO at a time, 3 DEMO a day')
  // Back to the one request, and to the session again; the owner sets another daily limit than was suggested.
  await approval.getByRole('button', { name: 'Back to this one request' }).click()
  await approval.getByRole('button', { name: 'Don’t ask me again for this' }).click()
  await approval.getByRole('button', { name: 'Change limits' }).click()
  await approval.getByLabel('In total', { exact: true }).fill('3.5')
  await approval.getByRole('button', { name: 'Use these limits' }).click()
  await expect(approval.getByText('Changed by you')).toBeVisible()
  const gestures = wallet.authenticator.gestures
  await approval.getByRole('button', { name: 'Approve', exact: true }).click()
  expect(await first).toMatch(/^0x[0-9a-f]{64}$/)
  expect(await send('1')).toMatch(/^0x[0-9a-f]{64}$/)
  expect(wallet.authenticator.gestures).toBe(gestures + 1)
  expect(await dapp.request('wallet_getSessions')).toMatchObject([{ status: 'active' } satisfies Session])

  const over = errorOf(send('2'))
  const refused = await wallet.approval()
  await expect(refused.locator('main')).toContainText('at a time')
  await refused.getByRole('button', { name: 'Reject' }).click()
  expect(await over).toMatchObject({ code: 4001 })

  const activity = await wallet.open('#/activity')
  await expect(activity.getByRole('listitem')).toHaveCount(3)
  await activity.getByRole('searchbox').fill('demo send')
  await expect(activity.getByText('2 entries found.')).toBeVisible()
  await activity
    .getByRole('button', { name: /^Send 1 DEMO/ })
    .first()
    .press('Enter')
  const details = activity.getByRole('listitem').first()
  await expect(details).toContainText('3.5 DEMO left')
  await expect(details).toContainText('Session approved')
  await expect(details).toContainText('paid by the sponsor')
  // What is signed meanwhile comes on top.
  await activity.getByRole('searchbox').fill('')
  await expect(activity.getByRole('listitem')).toHaveCount(3)
  await send('0.5')
  await expect(activity.getByRole('listitem').first()).toContainText('Send 0.5 DEMO')
})
