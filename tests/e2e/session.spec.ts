import { parseEther, type Address } from 'viem'
import { pressButton } from '../../demo/browser/pressButton.mjs'
import { chainOf } from './chain'
import { connectWithSession, errorOf, openDapp, pay, plant, preferences } from './dapp'
import { expect, test } from './fixtures'

test('behavior: one gesture deploys the account, creates the session and unlocks it; then transactions within it sign themselves', async ({
  wallet,
  site,
  stack,
}) => {
  await wallet.createAccount()
  const chain = chainOf(stack.record)
  const dapp = await openDapp(wallet, site.url)
  const account = await connectWithSession(wallet, dapp, stack.record)
  expect(wallet.authenticator.gestures).toBe(2)
  expect(await chain.client.getCode({ address: account })).not.toBeUndefined()
  await chain.giveDemo(account)
  const pages = wallet.context.pages().length
  const hash = (await dapp.request('eth_sendTransaction', [
    { from: account, ...pay(stack.record, '1.5') },
  ])) as `0x${string}`
  expect((await chain.client.getTransactionReceipt({ hash })).status).toBe('success')
  expect(await chain.demoOf(account)).toBe(parseEther('98.5'))
  expect(wallet.authenticator.gestures).toBe(2)
  expect(wallet.context.pages().length).toBeLessThanOrEqual(pages)
})

test('behavior: a batch within the session is one operation without a prompt, and its receipt holds its own logs', async ({
  wallet,
  site,
  stack,
}) => {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const account = await connectWithSession(wallet, dapp, stack.record)
  const batch = {
    version: '2.0.0',
    chainId: '0x7a69',
    from: account,
    atomicRequired: true,
    calls: [1, 2, 3].map((plot) => plant(stack.record, plot)),
  }
  const { id } = (await dapp.request('wallet_sendCalls', [batch])) as { id: string }
  const status = () =>
    dapp.request('wallet_getCallsStatus', [id]) as Promise<{
      status: number
      receipts: { logs: unknown[] }[]
    }>
  await expect.poll(async () => (await status()).status).toBe(200)
  const [receipt] = (await status()).receipts
  expect(receipt?.logs).toHaveLength(3)
  expect(await errorOf(dapp.request('wallet_sendCalls', [{ ...batch, id }]))).toMatchObject({ code: 5720 })
  const tooMany = Array.from({ length: 33 }, () => plant(stack.record, 4))
  expect(await errorOf(dapp.request('wallet_sendCalls', [{ ...batch, calls: tooMany }]))).toMatchObject({
    code: 5740,
    data: { refusal: { rule: 'TooManyCalls' } },
  })
})

test('behavior: what is outside is shown with the rule and its numbers; approving it once leaves the limits as they are', async ({
  wallet,
  site,
  stack,
}) => {
  await wallet.createAccount()
  const chain = chainOf(stack.record)
  const dapp = await openDapp(wallet, site.url)
  const account = await connectWithSession(wallet, dapp, stack.record)
  await chain.giveDemo(account)
  for (let count = 0; count < 4; count++)
    await dapp.request('eth_sendTransaction', [{ from: account, ...pay(stack.record, '2') }])
  await dapp.request('eth_sendTransaction', [{ from: account, ...pay(stack.record, '1.2') }])
  const sending = dapp.request('eth_sendTransaction', [{ from: account, ...pay(stack.record, '1.5') }])
  const approval = await wallet.approval()
  await expect(approval.getByRole('heading', { name: 'Approve transaction' })).toBeVisible()
  await expect(approval.locator('body')).toContainText('9.2 of 10 DEMO used, this asks 1.5, 0.7 too much')
  await pressButton(approval.getByRole('button', { name: 'Approve once' }))
  await sending
  expect(await chain.demoOf(account)).toBe(parseEther('89.3'))
  expect(wallet.authenticator.gestures).toBe(3)
  const sessions = (await dapp.request('wallet_getSessions')) as { remaining: { left: string }[] }[]
  expect(sessions[0]?.remaining.map(({ left }) => BigInt(left))).toContain(parseEther('0.8'))
})

test('error: rejecting what is outside is 4001 with the rule, and nothing moves', async ({
  wallet,
  site,
  stack,
}) => {
  await wallet.createAccount()
  const chain = chainOf(stack.record)
  const dapp = await openDapp(wallet, site.url)
  const account = await connectWithSession(wallet, dapp, stack.record)
  await chain.giveDemo(account)
  const stranger: Address = '0x000000000000000000000000000000000000dEaD'
  const sending = errorOf(
    dapp.request('eth_sendTransaction', [{ from: account, ...pay(stack.record, '1', stranger) }]),
  )
  const approval = await wallet.approval()
  await expect(approval.locator('body')).toContainText('Different recipient')
  await pressButton(approval.getByRole('button', { name: 'Reject' }))
  expect(await sending).toMatchObject({ code: 4001, data: { refusal: { rule: 'ConditionViolated' } } })
  expect(await chain.demoOf(account)).toBe(parseEther('100'))
})

test('error: a cancelled gesture leaves the approval open for another try', async ({
  wallet,
  site,
  stack,
}) => {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  wallet.authenticator.settings.refuse = 'cancel'
  const connecting = dapp.request('eth_requestAccounts', [{ sessionPreferences: preferences(stack.record) }])
  const approval = await wallet.approval()
  await pressButton(approval.getByRole('button', { name: 'Approve', exact: true }))
  await expect(approval.getByRole('alert')).toContainText('No passkey was used')
  wallet.authenticator.settings.refuse = undefined
  await pressButton(approval.getByRole('button', { name: 'Approve', exact: true }))
  expect(await connecting).toEqual([expect.stringMatching(/^0x/)])
})

test('behavior: without PRF the session is offered for this browser session only', async ({
  wallet,
  site,
  stack,
}) => {
  wallet.authenticator.settings.prf = false
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const connecting = dapp.request('eth_requestAccounts', [{ sessionPreferences: preferences(stack.record) }])
  const approval = await wallet.approval()
  await pressButton(approval.getByRole('button', { name: 'Approve', exact: true }))
  await expect(approval.locator('body')).toContainText('this session ends when the browser closes')
  await pressButton(approval.getByRole('button', { name: 'Approve', exact: true }))
  const [account] = (await connecting) as [string]
  await dapp.request('eth_sendTransaction', [{ from: account, ...plant(stack.record, 5) }])
})
