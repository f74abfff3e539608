import type { Page } from '@playwright/test'
import { parseEther, type Address, type Hex } from 'viem'
import { sessionKeyValidatorAbi } from '@/lib/chains/abi/sessionKeyValidator.gen'
import { pressButton } from '../../demo/browser/pressButton.mjs'
import type { StackRecord } from '../../demo/stack/startStack.mjs'
import { chainOf } from './chain'
import { connectWithSession, errorOf, openDapp, pay, preferences, type Dapp } from './dapp'
import { expect, test, type Wallet } from './fixtures'

type SessionAnswer = { id: Hex; status: string; spec: { expiresAt: number } }
type Message = { type: string; data: { id: Hex; replacedBy?: Hex; limits?: { cell: string }[] } }

const sessionsOf = (dapp: Dapp) => dapp.request('wallet_getSessions') as Promise<SessionAnswer[]>

/** What the provider tells the page as `message` events from now on. */
async function listen({ page }: Dapp): Promise<() => Promise<Message[]>> {
  await page.evaluate(() => {
    const heard: unknown[] = []
    const { latchkeyRun } = window as unknown as {
      latchkeyRun: { on(event: string, listener: (data: unknown) => void): void }
    }
    latchkeyRun.on('message', (message) => heard.push(message))
    Object.assign(window, { heard })
  })
  return () => page.evaluate(() => (window as unknown as { heard: Message[] }).heard)
}

/** 1 active, 2 closed, as the session module says. */
function statusOnChain(record: StackRecord, account: Address, id: Hex): Promise<number> {
  return chainOf(record).client.readContract({
    address: record.contracts.sessionKeyValidator,
    abi: sessionKeyValidatorAbi,
    functionName: 'sessionStatus',
    args: [account, id],
  })
}

async function connect(wallet: Wallet, url: string, record: StackRecord) {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, url)
  const account = await connectWithSession(wallet, dapp, record)
  await chainOf(record).giveDemo(account)
  const send = (amount: string) =>
    dapp.request('eth_sendTransaction', [{ from: account, ...pay(record, amount) }])
  const [session] = await sessionsOf(dapp)
  if (session === undefined) throw new Error('There is no session.')
  return { dapp, account, send, session, heard: await listen(dapp) }
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

test('behavior: a renewed session has the same terms and a fresh end; the old one is closed on chain in the same operation', async ({
  wallet,
  site,
  stack: { record },
}) => {
  const { dapp, account, send, session, heard } = await connect(wallet, site.url, record)
  await send('2')
  const popup = await wallet.open('#/sessions')
  await button(popup, 'Renew').click()
  await expect(popup.getByRole('heading', { name: 'Approve session' })).toBeVisible()
  await expect(popup.locator('body')).toContainText('Limits start anew')
  await expect(popup.locator('body')).toContainText('2 of 10 DEMO used')
  await button(popup, 'Approve').click()
  await expect
    .poll(async () => (await sessionsOf(dapp)).map(({ status }) => status))
    .toEqual(['active', 'closed'])
  const [renewed] = await sessionsOf(dapp)
  if (renewed === undefined) throw new Error('There is no new session.')
  expect(renewed.id).not.toBe(session.id)
  expect({ ...renewed.spec, expiresAt: 0, signer: '' }).toEqual({ ...session.spec, expiresAt: 0, signer: '' })
  expect(renewed.spec.expiresAt).toBeGreaterThan(session.spec.expiresAt)
  expect(await statusOnChain(record, account, session.id)).toBe(2)
  expect(await statusOnChain(record, account, renewed.id)).toBe(1)
  const { gestures } = wallet.authenticator
  await send('2')
  expect(wallet.authenticator.gestures).toBe(gestures)
  await expect.poll(heard).toEqual([
    {
      type: 'session_revoked',
      data: { id: session.id, chainId: '0x7a69', replacedBy: renewed.id },
    },
  ])
})

test('behavior: widened with one gesture, the request passes, the old session is closed on chain, and the new limits hold', async ({
  wallet,
  site,
  stack: { record },
}) => {
  const { dapp, account, send, session } = await connect(wallet, site.url, record)
  await send('2')
  const { gestures } = wallet.authenticator
  const sending = send('3')
  const approval = await wallet.approval()
  await expect(approval.getByRole('heading', { name: 'Approve transaction' })).toBeVisible()
  // There and back: the request itself is still there to be approved once.
  await button(approval, 'Widen').click()
  await button(approval, 'Back to this one request').click()
  await expect(button(approval, 'Approve once')).toBeEnabled()
  await button(approval, 'Widen').click()
  const change = approval.getByRole('region', { name: 'What changes' })
  await expect(change).toContainText('up to 2 DEMO at a time, 10 DEMO a day')
  await expect(change).toContainText('up to 3 DEMO at a time, 10 DEMO a day')
  await expect(change).toContainText(
    'Limits start anew. Not carried over: DEMO by transfer: 2 of 10 DEMO used',
  )
  await expect(approval.locator('body')).toContainText('At worst you lose 20 DEMO')
  await pressButton(button(approval, 'Approve'))
  expect(await sending).toMatch(/^0x[0-9a-f]{64}$/)
  expect(wallet.authenticator.gestures).toBe(gestures + 1)
  const chain = chainOf(record)
  expect(await chain.demoOf(account)).toBe(parseEther('95'))
  const [widened] = await sessionsOf(dapp)
  expect((await sessionsOf(dapp)).map(({ status }) => status)).toEqual(['active', 'closed'])
  expect(await statusOnChain(record, account, session.id)).toBe(2)
  expect(widened?.spec.expiresAt).toBe(session.spec.expiresAt)
  for (const amount of ['3', '3']) await send(amount)
  expect(wallet.authenticator.gestures).toBe(gestures + 1)
  // 9 of 10 are used in the new session; one more would be too much, and 3.1 at a time is not allowed.
  for (const amount of ['2', '3.1']) {
    const refused = errorOf(send(amount))
    await pressButton(button(await wallet.approval(), 'Reject'))
    expect(await refused).toMatchObject({ code: 4001 })
  }
  expect(await chain.demoOf(account)).toBe(parseEther('89'))
})

test('behavior: "Revoke all" stops all sessions here at once, and closes them on chain in one operation', async ({
  wallet,
  site,
  stack: { record },
}) => {
  const { dapp, account, session } = await connect(wallet, site.url, record)
  const more = dapp.request('eth_requestAccounts', [
    { sessionPreferences: { ...preferences(record), feeLimit: '0x16345785d8a0000' } },
  ])
  await pressButton(button(await wallet.approval(), 'Approve'))
  await more
  const ids = (await sessionsOf(dapp)).map(({ id }) => id)
  expect(ids).toHaveLength(2)
  const popup = await wallet.open('#/sessions')
  await popup.getByRole('button', { name: 'Revoke all' }).click()
  await expect(popup.getByRole('heading', { name: 'Approve transaction' })).toBeVisible()
  expect((await sessionsOf(dapp)).map(({ status }) => status)).toEqual(['closing', 'closing'])
  expect(await statusOnChain(record, account, session.id)).toBe(1)
  await button(popup, 'Approve').click()
  await expect
    .poll(async () => (await sessionsOf(dapp)).map(({ status }) => status))
    .toEqual(['closed', 'closed'])
  for (const id of ids) expect(await statusOnChain(record, account, id)).toBe(2)
})

test('behavior: a revocation elsewhere is noticed on use; the session can be renewed for the request', async ({
  wallet,
  site,
  stack: { record },
}) => {
  const { dapp, account, send, session, heard } = await connect(wallet, site.url, record)
  await send('1')
  const { client } = chainOf(record)
  await client.impersonateAccount({ address: account })
  await client.setBalance({ address: account, value: parseEther('1') })
  const hash = await client.writeContract({
    account,
    address: record.contracts.sessionKeyValidator,
    abi: sessionKeyValidatorAbi,
    functionName: 'revokeSession',
    args: [session.id],
  })
  await client.waitForTransactionReceipt({ hash })
  const sending = send('1')
  const approval = await wallet.approval()
  await expect(approval.locator('body')).toContainText(
    /The session ended at .*\. Renew it unchanged, or approve just this\./,
  )
  await expect.poll(heard).toMatchObject([{ type: 'session_revoked', data: { id: session.id } }])
  await button(approval, 'Renew').click()
  await expect(approval.getByRole('heading', { name: 'Approve session' })).toBeVisible()
  await pressButton(button(approval, 'Approve'))
  expect(await sending).toMatch(/^0x/)
  expect((await sessionsOf(dapp)).map(({ status }) => status)).toEqual(['active', 'closed'])
  expect(await notifications(wallet)).toContain(`latchkey:session closed ${session.id}`)
})

/** Ids of the browser's notifications of the wallet. */
async function notifications(wallet: Wallet): Promise<string[]> {
  const page = await wallet.open('#/settings')
  const ids = await page.evaluate('(async () => Object.keys(await chrome.notifications.getAll()))()')
  await page.close()
  return ids as string[]
}

test('behavior: 80 % of a limit and the end of a session are told once, also across a restart of the worker', async ({
  wallet,
  site,
  stack: { record },
}) => {
  const { send, session, heard } = await connect(wallet, site.url, record)
  for (let count = 0; count < 3; count++) await send('2')
  expect(await heard()).toEqual([])
  await send('2')
  await expect
    .poll(heard)
    .toMatchObject([{ type: 'session_low', data: { id: session.id, limits: [{ cell: '1.argument.1' }] } }])
  expect(await notifications(wallet)).toContain(`latchkey:session low ${session.id}`)
  await wallet.stopWorker()
  await send('1')
  const { client } = chainOf(record)
  await client.increaseTime({ seconds: 86_400 + 60 })
  await client.mine({ blocks: 1 })
  await wallet.stopWorker()
  const refused = errorOf(send('1'))
  const approval = await wallet.approval()
  await expect(approval.locator('body')).toContainText('Renew it unchanged, or approve just this.')
  await pressButton(button(approval, 'Reject'))
  expect(await refused).toMatchObject({ code: 4001, data: { refusal: { rule: 'SessionExpired' } } })
  await expect
    .poll(async () => (await heard()).map(({ type }) => type))
    .toEqual(['session_low', 'session_expired'])
})
