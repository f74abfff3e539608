import { getAddress, parseEther, type Address } from 'viem'
import { chainOf } from './chain'
import { expect, test } from './fixtures'

const friend = getAddress('0xe4f20c5a3ba0d1937b8f46a1e5a9fc10dd5be0b1')

test('behavior: a token is sent from the home page; what is shown is what is signed', async ({
  wallet,
  stack,
}) => {
  const account = (await wallet.createAccount()) as Address
  const chain = chainOf(stack.record)
  await chain.giveDemo(account)
  const page = await wallet.open('#/')
  await page.getByRole('button', { name: 'Add a token' }).click()
  await page.getByLabel(/^Contract address/).fill(stack.record.tokens.demoToken)
  await page.getByRole('button', { name: 'Add token' }).click()
  await expect(page.getByRole('list', { name: 'Tokens' })).toContainText('100')
  await expect(page.locator('main')).toContainText('Nothing can move without you.')

  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByLabel('Asset').selectOption({ index: 1 })
  await page.getByLabel('To', { exact: true }).fill(stack.record.tokens.demoToken)
  await expect(page.getByRole('alert')).toContainText('contract of the token itself')
  await page.getByLabel('Amount in DEMO').fill('1,5')
  await expect(page.locator('main')).toContainText('Write it with a point')
  await expect(page.getByRole('button', { name: 'Review' })).toBeDisabled()
  await page.getByLabel('To', { exact: true }).fill(friend)
  await page.getByLabel('Amount in DEMO').fill('1.5')
  await page.getByRole('button', { name: 'Review' }).click()

  await expect(page.getByRole('heading', { name: 'Approve transaction' })).toBeVisible()
  await expect(page.locator('main')).toContainText(
    `Send 1.5 DEMO to ${friend.slice(0, 6)}…${friend.slice(-4)}`,
  )
  await page.getByRole('button', { name: 'Approve', exact: true }).click()
  await expect.poll(() => chain.demoOf(friend)).toBe(parseEther('1.5'))
  expect(await chain.demoOf(account)).toBe(parseEther('98.5'))
  const activity = await wallet.open('#/activity')
  await expect(activity.locator('main')).toContainText('Send 1.5 DEMO to')
})
