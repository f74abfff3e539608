import { readFile } from 'node:fs/promises'
import type { Hex } from 'viem'
import { connectWithSession, openDapp, plant } from './dapp'
import { expect, test } from './fixtures'

test('behavior: theme, notices, side panel, files to keep; and erased, the wallet begins anew and knows nothing', async ({
  wallet,
  site,
  stack: { record },
}) => {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const from = await connectWithSession(wallet, dapp, record)
  await dapp.request('eth_sendTransaction', [{ from, ...plant(record, 3) }])
  const [session] = (await dapp.request('wallet_getSessions')) as { id: Hex }[]
  const page = await wallet.open('#/settings')
  await expect
    .poll(() => page.evaluate(`chrome.notifications.getAll().then(Object.keys)`))
    .toContain(`latchkey:signed ${session?.id}`)

  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
  const before = await paper()
  await page.getByLabel('Theme').selectOption('dark')
  await expect.poll(paper).not.toBe(before)
  await page.reload()
  await expect(page.getByLabel('Theme')).toHaveValue('dark')

  const cdp = await wallet.context.newCDPSession(page)
  await page.getByRole('button', { name: 'Open in the side panel' }).click()
  await expect
    .poll(async () => (await cdp.send('Target.getTargets')).targetInfos.map(({ url }) => url))
    .toContain(`${wallet.popupUrl}?panel`)

  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Activity as CSV' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe('latchkey-activity.csv')
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n')
  expect(lines).toHaveLength(3)
  expect(lines[1]).toContain(',session,')
  expect(lines[2]).toContain('Session approved')

  await wallet.allowReload()
  await page.getByLabel('I still have the passkeys of my accounts').check()
  const welcome = wallet.context.waitForEvent('page', (opened) => opened.url().includes('#/welcome'))
  await page.getByRole('button', { name: 'Erase wallet' }).click()
  await expect((await welcome).getByRole('button', { name: 'Create passkey' })).toBeVisible()
  const networks = await wallet.open('#/networks')
  await expect(networks.getByRole('heading', { name: 'Networks' })).toBeVisible()
  await expect(networks.locator('body')).not.toContainText(record.rpcUrl)
})
