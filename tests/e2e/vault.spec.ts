import type { Page } from '@playwright/test'
import { createHash, createHmac } from 'node:crypto'
import { hexToBytes, keccak256, stringToBytes, type Hex } from 'viem'
import { randomKey } from '@/lib/session/sealing'
import { sessionKey, type VaultContext } from '@/lib/session/vault'
import { pressButton } from '../../demo/browser/pressButton.mjs'
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

/** What the wallet's passkeys yield for its one salt: with the wraps on disk, it would open everything. */
function prfOutputs({ authenticator }: Wallet): Hex[] {
  const salt = hexToBytes(keccak256(stringToBytes('latchkey vault 1')))
  const input = createHash('sha256').update('WebAuthn PRF\0').update(salt).digest()
  return authenticator.credentials.map(
    ({ prfSecret }) => `0x${createHmac('sha256', prfSecret).update(input).digest('hex')}` as const,
  )
}

function expectNotOnDisk(wallet: Wallet, secrets: ReadonlySet<Hex>): void {
  for (const secret of secrets) expect(filesWith(wallet.userDataDir, secret)).toEqual([])
}

test('behavior: no session key, vault key or PRF output is ever on disk: created, used, locked, revoked, crashed', async ({
  wallet,
  site,
  stack: { record },
}) => {
  test.setTimeout(150_000)
  const known = new Set<Hex>()
  const learn = async () => {
    for (const secret of (await secretsOf(wallet)).secrets) known.add(secret)
    for (const secret of prfOutputs(wallet)) known.add(secret)
  }
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  // While the owner looks at it: the key exists, and nothing is approved.
  const asking = dapp.request('eth_requestAccounts', [{ sessionPreferences: preferences(record) }])
  const approval = await wallet.approval()
  await expect(approval.getByRole('button', { name: 'Approve', exact: true })).toBeEnabled()
  await learn()
  // The session's key, and what the passkey will yield.
  expect(known.size).toBe(2)
  await approval.bringToFront()
  await pressButton(approval.getByRole('button', { name: 'Approve', exact: true }))
  const [account] = (await asking) as [string]
  await learn()
  // The vault's as well.
  expect(known.size).toBe(3)
  expectNotOnDisk(wallet, known)

  await dapp.request('eth_sendTransaction', [{ from: account, ...plant(record, 20) }])
  const [session] = (await readJournal(wallet)).sessions
  const sealed = session?.sealedKey?.ciphertext
  if (sealed === undefined) throw new Error('The session has no sealed key.')
  expectNotOnDisk(wallet, known)

  await wallet.kill()
  // What may be on disk is found there: the scan sees what it should.
  expect(filesWith(wallet.userDataDir, sealed).length).toBeGreaterThan(0)
  expectNotOnDisk(wallet, known)
  expect((await secretsOf(wallet)).secrets).toEqual([])

  const again = await openDapp(wallet, site.url)
  const sending = again.request('eth_sendTransaction', [{ from: account, ...plant(record, 21) }])
  await pressButton((await wallet.approval()).getByRole('button', { name: 'Unlock' }))
  await sending
  await learn()
  expect(known.size).toBe(3)

  const popup = await wallet.open('#/')
  await popup.getByRole('button', { name: 'Lock', exact: true }).click()
  await expect(popup.locator('body')).toContainText('Locked.')
  expect((await secretsOf(wallet)).secrets).toEqual([])
  expectNotOnDisk(wallet, known)

  await popup.goto(`${wallet.popupUrl}#/sessions`)
  await popup.getByRole('button', { name: 'Revoke', exact: true }).click()
  const confirm = popup.getByRole('alertdialog').getByRole('button', { name: 'Revoke', exact: true })
  if (await confirm.isVisible()) await confirm.click()
  await expect(popup.getByRole('heading', { name: 'Approve transaction' })).toBeVisible()
  expect((await readJournal(wallet)).sessions[0]?.sealedKey).toBeUndefined()
  await popup.getByRole('button', { name: 'Approve', exact: true }).click()
  await expect.poll(async () => (await readJournal(wallet)).sessions[0]?.status).toBe('closed')
  expectNotOnDisk(wallet, known)
  await wallet.restart()
  await wallet.kill()
  expectNotOnDisk(wallet, known)
})

test('misc: the scan finds a key that was planted and deleted, in every form and place', async ({
  wallet,
}) => {
  const planted = {
    bytes: randomKey(),
    numbers: randomKey(),
    hex: randomKey(),
    capitals: randomKey(),
    base64: randomKey(),
    decimals: randomKey(),
    members: randomKey(),
  }
  const page = await wallet.open('#/settings')
  await page.evaluate(plantAndDelete, planted)
  await page.evaluate(plantInLocal, planted)
  // The browser writes it in its own time: deleted before, it would never have been there.
  await expect.poll(() => filesWith(wallet.userDataDir, planted.decimals)).not.toEqual([])
  await page.evaluate(removeFromLocal)
  await wallet.kill()
  for (const [form, secret] of Object.entries(planted))
    expect(filesWith(wallet.userDataDir, secret), form).not.toEqual([])
  expect(filesWith(wallet.userDataDir, randomKey())).toEqual([])
})

/** Runs in a page of the wallet: writes each key in its form, and deletes it again. */
async function plantAndDelete(planted: Record<string, string>): Promise<void> {
  const bytesOf = (hex = '') => Uint8Array.from(hex.slice(2).match(/../g) ?? [], (byte) => parseInt(byte, 16))
  const opening = indexedDB.open('control', 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore('keys')
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })
  const change = (run: (store: IDBObjectStore) => unknown) =>
    new Promise<void>((resolve, reject) => {
      const transaction = database.transaction('keys', 'readwrite', { durability: 'strict' })
      run(transaction.objectStore('keys'))
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error)
    })
  await change((store) => store.put(bytesOf(planted['bytes']), 'bytes'))
  await change((store) => store.put([...bytesOf(planted['numbers'])], 'numbers'))
  await change((store) => store.put(planted['hex'], 'hex'))
  await change((store) => store.put((planted['capitals'] ?? '').toUpperCase(), 'capitals'))
  await change((store) => store.put(btoa(String.fromCharCode(...bytesOf(planted['base64']))), 'base64'))
  await change((store) => store.clear())
}

type ExtensionPage = {
  readonly chrome: {
    storage: { local: { set(items: object): Promise<void>; remove(keys: string[]): Promise<void> } }
  }
}

/** Runs in a page of the wallet. */
async function plantInLocal(planted: Record<string, string>): Promise<void> {
  const bytesOf = (hex = '') => Uint8Array.from(hex.slice(2).match(/../g) ?? [], (byte) => parseInt(byte, 16))
  await (globalThis as unknown as ExtensionPage).chrome.storage.local.set({
    decimals: [...bytesOf(planted['decimals'])],
    members: { ...bytesOf(planted['members']) },
  })
}

/** Runs in a page of the wallet. `clear` would take the whole file away. */
async function removeFromLocal(): Promise<void> {
  await (globalThis as unknown as ExtensionPage).chrome.storage.local.remove(['decimals', 'members'])
}

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
  await pressButton(approve)
  await expect(approval.locator('body')).toContainText('this session ends when the browser closes')
  await pressButton(approve)
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
  for (const area of ['session', 'local', 'sync'])
    expect(await inContentScript(`chrome.storage.${area}.get(null)`)).toContain(
      'Access to storage is not allowed',
    )
  expect(await inContentScript('chrome.storage.session.set({ a: 1 })')).toContain('not allowed')
  expect(
    await inContentScript(
      "chrome.storage.local.setAccessLevel({ accessLevel: 'TRUSTED_AND_UNTRUSTED_CONTEXTS' })",
    ),
  ).not.toBe('undefined')
  expect(await inContentScript('indexedDB.databases()')).toBe('[]')
  // What it sees of the site's own storage holds nothing of the wallet.
  const own = await inContentScript('({ ...localStorage, ...sessionStorage, cookie: document.cookie })')
  for (const secret of secrets) expect(own.toLowerCase()).not.toContain(secret.slice(2))
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
