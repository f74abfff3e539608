import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Address } from 'viem'
import { addNetwork } from '../../demo/browser/addNetwork.mjs'
import { pressButton } from '../../demo/browser/pressButton.mjs'
import type { StackRecord } from '../../demo/stack/startStack.mjs'
import { chainOf } from './chain'
import { openDapp, pay } from './dapp'
import { expect, openWallet, test, type Wallet } from './fixtures'

/** A browser of another device to which the passkeys of `from` are synced. */
async function withSyncedPasskeys(from: Wallet, record: StackRecord, run: (wallet: Wallet) => Promise<void>) {
  const userDataDir = mkdtempSync(join(tmpdir(), 'latchkey-e2e-'))
  const wallet = await openWallet(userDataDir)
  wallet.authenticator.credentials.push(...from.authenticator.credentials)
  const page = await wallet.open('#/networks')
  await addNetwork(page, wallet.popupUrl, record)
  await page.close()
  await run(wallet)
  await wallet.context.close()
  rmSync(userDataDir, { recursive: true, force: true })
}

test('behavior: a synced passkey alone brings the account back, with two touches, and signs for it', async ({
  wallet,
  site,
  stack: { record },
}) => {
  const account = (await wallet.createAccount()) as Address
  const chain = chainOf(record)
  await chain.giveDemo(account)

  await withSyncedPasskeys(wallet, record, async (other) => {
    const page = await other.open('#/welcome')
    other.authenticator.settings.refuse = 'no-credential'
    await page.getByRole('button', { name: 'Use an existing passkey' }).click()
    await expect(page.getByRole('alert')).toContainText('create a new passkey')
    other.authenticator.settings.refuse = undefined
    await page.getByRole('button', { name: 'Use an existing passkey' }).click()
    await page.getByRole('button', { name: 'Touch again' }).click()
    await expect(page.getByRole('heading', { name: 'Your account is back' })).toBeVisible()
    await expect(page.locator('code').first()).toHaveText(account)
    expect(other.authenticator.gestures).toBe(2)

    const dapp = await openDapp(other, site.url)
    const connecting = dapp.request('eth_requestAccounts')
    await pressButton((await other.approval()).getByRole('button', { name: 'Connect', exact: true }))
    expect(await connecting).toEqual([account])
    const paying = dapp.request('eth_sendTransaction', [{ from: account, ...pay(record, '3') }])
    await pressButton((await other.approval()).getByRole('button', { name: 'Approve', exact: true }))
    expect(await paying).toMatch(/^0x[0-9a-f]{64}$/)
  })
  expect(await chain.demoOf(account)).toBe(97n * 10n ** 18n)
})
