import type { Page } from '@playwright/test'
import type { Hex } from 'viem'
import { sessionKey, type VaultContext } from '@/lib/session/vault'
import { connectWithSession, openDapp, plant, preferences } from './dapp'
import { expect, test, type Wallet } from './fixtures'
import { readJournal } from './journal'
import { filesWith } from './profile'

const readMemory = '(async () => JSON.stringify(await chrome.storage.session.get(null)))()'

/** `storage.session`, read by one of the wallet's own pages: what memory holds and the disk must not. */
async function secretsOf(wallet: Wallet): Promise<{ memory: Record<string, unknown>; secrets: Hex[] }> {
  const page = await wallet.open('#/settings')
  const memory = JSON.parse(String(await page.evaluate(readMemory))) as Record<string, unknown>
  await page.close()
  const secrets: Hex[] = []
  for (const [name, value] of Object.entries(memory)) {
    if (name.startsWith('vault:')) secrets.push((value as { key: Hex }).key)
    if (name.startsWith('session-key:')) secrets.push(value as Hex)
  }
  const context = {
    memory: { get: async (key: string) => memory[key] },
    now: () => Date.now(),
  } as unknown as VaultContext
  for (const session of (await readJournal(wallet)).sessions) {
    const key = await sessionKey(context, session)
    if (key !== null) secrets.push(key)
  }
  return { memory, secrets }
}

function expectNotOnDisk(wallet: Wallet, secrets: ReadonlySet<Hex>): void {
  for (const secret of secrets) expect(filesWith(wallet.userDataDir, secret)).toEqual([])
}

test('behavior: no session key and no vault key is ever on disk: created, used, locked, revoked, crashed', async ({
  wallet,
  site,
  stack: { record },
}) => {
  test.setTimeout(120_000)
  const known = new Set<Hex>()
  const learn = async () => {
    for (const secret of (await secretsOf(wallet)).secrets) known.add(secret)
  }
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  // While the owner looks at it: the key exists, and nothing is approved.
  const asking = dapp.request('eth_requestAccounts', [{ sessionPreferences: preferences(record) }])
  const approval = await wallet.approval()
  await expect(approval.getByRole('button', { name: 'Approve', exact: true })).toBeEnabled()
  await learn()
  expect(known.size).toBe(1)
  await approval.bringToFront()
  await approval.getByRole('button', { name: 'Approve', exact: true }).click()
  const [account] = (await asking) as [string]
  await learn()
  // The session's key, and the vault's.
  expect(known.size).toBe(2)
  await dapp.request('eth_sendTransaction', [{ from: account, ...plant(record, 20) }])
  const [session] = (await readJournal(wallet)).sessions
  const sealed = session?.sealedKey?.ciphertext
  if (sealed === undefined) throw new Error('The session has no sealed key.')

  await wallet.kill()
  // What may be on disk is found there: the scan sees what it should.
  expect(filesWith(wallet.userDataDir, sealed).length).toBeGreaterThan(0)
  expectNotOnDisk(wallet, known)
  expect((await secretsOf(wallet)).secrets).toEqual([])

  const again = await openDapp(wallet, site.url)
  const sending = again.request('eth_sendTransaction', [{ from: account, ...plant(record, 21) }])
  await (await wallet.approval()).getByRole('button', { name: 'Unlock' }).click()
  await sending
  await learn()
  expect(known.size).toBe(2)

  const popup = await wallet.open('#/')
  await popup.getByRole('button', { name: 'Lock', exact: true }).click()
  await expect(popup.locator('body')).toContainText('Locked.')
  expect((await secretsOf(wallet)).secrets).toEqual([])
  await popup.goto(`${wallet.popupUrl}#/sessions`)
  await popup.getByRole('button', { name: 'Revoke', exact: true }).click()
  const confirm = popup.getByRole('alertdialog').getByRole('button', { name: 'Revoke', exact: true })
  if (await confirm.isVisible()) await confirm.click()
  await expect(popup.getByRole('heading', { name: 'Approve transaction' })).toBeVisible()
  expect((await readJournal(wallet)).sessions[0]?.sealedKey).toBeUndefined()
  await wallet.restart()
  await wallet.restart()
  expectNotOnDisk(wallet, known)
})

test('behavior: an ephemeral key is in memory alone, and gone with the browser', async ({
  wallet,
  site,
  stack: { record },
}) => {
  wallet.authenticator.settings.prf = false
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const connecting = dapp.request('eth_requestAccounts', [{ sessionPreferences: preferences(record) }])
  const approval = await wallet.approval()
  const approve = approval.getByRole('button', { name: 'Approve', exact: true })
  await approve.click()
  await expect(approval.locator('body')).toContainText('this session ends when the browser closes')
  await approve.click()
  const [account] = (await connecting) as [string]
  await dapp.request('eth_sendTransaction', [{ from: account, ...plant(record, 22) }])
  const { secrets } = await secretsOf(wallet)
  expect(secrets.length).toBeGreaterThan(0)
  await wallet.kill()
  expectNotOnDisk(wallet, new Set(secrets))
  expect((await secretsOf(wallet)).secrets).toEqual([])
})

test('error: a content script cannot read what the wallet keeps', async ({
  wallet,
  site,
  stack: { record },
}) => {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  await connectWithSession(wallet, dapp, record)
  const { secrets, memory } = await secretsOf(wallet)
  expect(Object.keys(memory).some((name) => name.startsWith('vault:'))).toBe(true)
  const inContentScript = await contentScriptOf(wallet, dapp.page)
  expect(await inContentScript('chrome.storage.session.get(null)')).toContain(
    'Access to storage is not allowed',
  )
  expect(await inContentScript('indexedDB.databases()')).toBe('[]')
  const local = await inContentScript('chrome.storage.local.get(null)')
  for (const secret of secrets) expect(local.toLowerCase()).not.toContain(secret.slice(2))
})

/** Runs an expression in the world of the wallet's own content script, as a compromised renderer would. */
async function contentScriptOf(wallet: Wallet, page: Page): Promise<(expression: string) => Promise<string>> {
  const client = await wallet.context.newCDPSession(page)
  const own = new Promise<number>((resolve) => {
    client.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.origin.startsWith('chrome-extension://')) resolve(context.id)
    })
  })
  await client.send('Runtime.enable')
  const contextId = await own
  return async (expression) => {
    const wrapped = `(async () => { try { return JSON.stringify(await ${expression}) } catch (error) { return String(error) } })()`
    const { result } = await client.send('Runtime.evaluate', {
      contextId,
      expression: wrapped,
      awaitPromise: true,
      returnByValue: true,
    })
    return String(result.value)
  }
}
