import { expect, test } from './fixtures'

test('behavior: one button and one gesture make an account, whose address is shown at once', async ({
  wallet,
}) => {
  const page = await wallet.open('#/welcome')
  await page.getByRole('button', { name: 'Create passkey' }).click()
  await expect(page.getByRole('heading', { name: 'Your account is ready' })).toBeVisible()
  await expect(page.locator('body')).toContainText(/0x[0-9a-fA-F]{4}/)
  expect(wallet.authenticator.gestures).toBe(1)
})

test('error: a cancelled passkey prompt is said in words, and leaves a way to try again', async ({
  wallet,
}) => {
  wallet.authenticator.settings.refuse = 'cancel'
  const page = await wallet.open('#/welcome')
  await page.getByRole('button', { name: 'Create passkey' }).click()
  await expect(page.getByRole('alert')).toContainText('No passkey was used')
  wallet.authenticator.settings.refuse = undefined
  await page.getByRole('button', { name: 'Create passkey' }).click()
  await expect(page.getByRole('heading', { name: 'Your account is ready' })).toBeVisible()
})
