import { pressButton } from '../../demo/browser/pressButton.mjs'
import { chainOf } from './chain'
import { connectWithSession, errorOf, openDapp, pay, plant } from './dapp'
import { expect, test } from './fixtures'

test('behavior: the user’s own limits stop what the session allows, are shown as such, and can be passed once by passkey', async ({
  wallet,
  site,
  stack: { record },
}) => {
  test.setTimeout(90_000)
  await wallet.createAccount()
  const chain = chainOf(record)
  const dapp = await openDapp(wallet, site.url)
  const account = await connectWithSession(wallet, dapp, record)
  await chain.giveDemo(account)
  await dapp.request('eth_sendTransaction', [{ from: account, ...pay(record, '2') }])

  const page = await wallet.open('#/settings')
  const save = page.getByRole('button', { name: 'Save guards' })
  const cap = page.getByLabel('Automatic transactions a minute')
  await expect(save).toBeDisabled()
  await cap.fill('many')
  await expect(cap).toHaveAttribute('aria-invalid', 'true')
  await expect(save).toBeDisabled()
  await cap.fill('')
  const demo = page.getByLabel('Asset').locator('option', { hasText: /^DEMO on / })
  await page.getByLabel('Asset').selectOption((await demo.getAttribute('value')) ?? '')
  await page.getByRole('button', { name: 'Add ceiling' }).click()
  await expect(save).toBeDisabled()
  await page.getByLabel(/^DEMO on .*, a day$/).fill('3')
  await save.click()
  await expect(page.getByText('Saved. They hold from now on.')).toBeVisible()

  // What was signed before the ceiling was set counts.
  const over = dapp.request('eth_sendTransaction', [{ from: account, ...pay(record, '1.5') }])
  const approval = await wallet.approval()
  await expect(approval.locator('body')).toContainText('Your own limit')
  await expect(approval.locator('body')).toContainText(
    '2 of 3 DEMO used on all sites, this asks 1.5, 0.5 too much',
  )
  await pressButton(approval.getByRole('button', { name: 'Approve once' }))
  await over
  // Approved once, the limit stays as it is.
  await dapp.request('eth_sendTransaction', [{ from: account, ...pay(record, '1') }])
  const rejected = errorOf(dapp.request('eth_sendTransaction', [{ from: account, ...pay(record, '0.1') }]))
  await pressButton((await wallet.approval()).getByRole('button', { name: 'Reject' }))
  expect(await rejected).toMatchObject({ code: 4001, data: { refusal: { rule: 'GuardDailyCeiling' } } })
  expect(JSON.stringify((await rejected).data)).not.toContain('limit')

  await page.reload()
  await page.getByLabel('Automatic transactions a minute').fill('0')
  await page.getByRole('button', { name: 'Save guards' }).click()
  await expect(page.getByText('Saved. They hold from now on.')).toBeVisible()
  const capped = errorOf(dapp.request('eth_sendTransaction', [{ from: account, ...plant(record, 1) }]))
  const last = await wallet.approval()
  await expect(last.locator('body')).toContainText('nothing is to sign itself')
  await pressButton(last.getByRole('button', { name: 'Reject' }))
  expect(await capped).toMatchObject({ data: { refusal: { rule: 'GuardPerMinute' } } })
})

test('behavior: a session that is refused ten times within a minute is paused, and says why', async ({
  wallet,
  site,
  stack: { record },
}) => {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const account = await connectWithSession(wallet, dapp, record)
  const page = await wallet.open('#/settings')
  await page.getByRole('checkbox', { name: /Pause a session/ }).check()
  await page.getByRole('button', { name: 'Save guards' }).click()
  await expect(page.getByText('Saved. They hold from now on.')).toBeVisible()
  const refused = {
    version: '2.0.0',
    chainId: '0x7a69',
    from: account,
    calls: [pay(record, '9')],
    capabilities: { sessionOnly: {} },
  }
  for (let count = 0; count < 10; count++)
    expect(await errorOf(dapp.request('wallet_sendCalls', [refused]))).toMatchObject({ code: 4100 })
  const [session] = (await dapp.request('wallet_getSessions')) as { status: string }[]
  expect(session?.status).toBe('paused')
  await page.goto(`${wallet.popupUrl}#/sessions`)
  await expect(page.locator('main')).toContainText('refused ten times within a minute')
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible()
  await dapp.request('eth_sendTransaction', [{ from: account, ...plant(record, 6) }])
})
