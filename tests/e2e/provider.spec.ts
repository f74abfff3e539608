import type { Address, Hex } from 'viem'
import { pressButton } from '../../demo/browser/pressButton.mjs'
import { chainOf } from './chain'
import { errorOf, openDapp, pay, type Dapp } from './dapp'
import { expect, test, type Wallet } from './fixtures'

/** Connects without a session. */
async function connect(wallet: Wallet, dapp: Dapp): Promise<Address> {
  const connecting = dapp.request('eth_requestAccounts')
  await pressButton((await wallet.approval()).getByRole('button', { name: 'Connect', exact: true }))
  const [account] = (await connecting) as [Address]
  return account
}

type Told = { type: string; data: { subscription: Hex; result: { number?: Hex; transactionHash?: Hex } } }

/** Listens to `message` events on the page; answers with what came so far. */
async function listen(dapp: Dapp): Promise<() => Promise<Told[]>> {
  await dapp.page.evaluate(() => {
    const found = new Promise<{ on(event: string, listener: (message: unknown) => void): void }>(
      (resolve) => {
        window.addEventListener('eip6963:announceProvider', (event) => {
          const { info, provider } = (event as CustomEvent).detail
          if (info.rdns === 'app.latchkey.wallet') resolve(provider)
        })
      },
    )
    window.dispatchEvent(new Event('eip6963:requestProvider'))
    const told: unknown[] = []
    Object.assign(window, { told })
    return found.then((provider) => void provider.on('message', (message) => void told.push(message)))
  })
  return () => dapp.page.evaluate(() => (window as unknown as { told: Told[] }).told)
}

test('behavior: new blocks and logs arrive as messages, for the document that asked, until it is left', async ({
  wallet,
  site,
  stack,
}) => {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const account = await connect(wallet, dapp)
  const other = await openDapp(wallet, site.url)
  const [told, toldOther] = [await listen(dapp), await listen(other)]
  const { client, giveDemo } = chainOf(stack.record)
  const heads = (await dapp.request('eth_subscribe', ['newHeads'])) as Hex
  const logs = await dapp.request('eth_subscribe', ['logs', { address: stack.record.tokens.demoToken }])
  const filter = await dapp.request('eth_newFilter', [{ address: stack.record.tokens.demoToken }])
  await giveDemo(account)
  const block = await client.getBlockNumber()
  await expect
    .poll(async () => (await told()).map(({ data }) => data.subscription), { timeout: 10_000 })
    .toEqual(expect.arrayContaining([heads, logs]))
  const numbers = (await told()).filter(({ data }) => data.subscription === heads)
  expect(numbers.map(({ data }) => BigInt(data.result.number ?? '0x0'))).toContain(block)
  expect((await told()).every(({ type }) => type === 'eth_subscription')).toBe(true)
  expect(await toldOther()).toEqual([])
  expect(await dapp.request('eth_getFilterChanges', [filter])).toHaveLength(1)
  expect(await errorOf(other.request('eth_getFilterChanges', [filter]))).toMatchObject({ code: -32000 })
  expect(await other.request('eth_unsubscribe', [heads])).toBe(false)
  expect(await dapp.request('eth_unsubscribe', [heads])).toBe(true)
  await dapp.page.reload()
  const again = await openDapp(wallet, site.url)
  expect(await again.request('eth_unsubscribe', [logs])).toBe(false)
})

test('behavior: a subscription goes on after the worker was stopped', async ({ wallet, site, stack }) => {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const account = await connect(wallet, dapp)
  const told = await listen(dapp)
  await dapp.request('eth_subscribe', ['newHeads'])
  await wallet.stopWorker()
  await dapp.page.bringToFront()
  expect(await dapp.request('eth_accounts')).toEqual([account])
  await chainOf(stack.record).giveDemo(account)
  await expect.poll(async () => (await told()).length, { timeout: 15_000 }).toBeGreaterThan(0)
})

test('behavior: the owner is asked to list a token, whose name is its contract’s own', async ({
  wallet,
  site,
  stack,
}) => {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const account = await connect(wallet, dapp)
  const address = stack.record.tokens.demoToken
  const asset = { type: 'ERC20', options: { address, symbol: 'USDC', decimals: 18 } }
  const watching = dapp.request('wallet_watchAsset', asset)
  const approval = await wallet.approval()
  await expect(approval.getByRole('heading', { name: 'Add token' })).toBeVisible()
  await expect(approval.locator('main')).toContainText('DEMO')
  await expect(approval.locator('main')).not.toContainText('USDC')
  await pressButton(approval.getByRole('button', { name: 'Add token', exact: true }))
  expect(await watching).toBe(true)
  expect(await dapp.request('wallet_watchAsset', [asset])).toBe(true)

  await chainOf(stack.record).giveDemo(account)
  const home = await wallet.open('#/')
  const listed = home.getByRole('list', { name: 'Tokens' })
  await expect(listed.getByRole('listitem')).toHaveText(/DEMO\s*0x.*100/s)
  await home.getByRole('button', { name: 'Remove DEMO from the list' }).click()
  await expect(listed).toHaveCount(0)
  await home.getByRole('button', { name: 'Add a token' }).click()
  await home.getByLabel(/^Contract address/).fill(address)
  await home.getByRole('button', { name: 'Add token', exact: true }).click()
  await expect(listed.getByRole('listitem')).toHaveText(/DEMO\s*0x.*100/s)
})

test('behavior: calls are shown in the wallet, and methods that are not offered say so', async ({
  wallet,
  site,
  stack,
}) => {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const account = await connect(wallet, dapp)
  await chainOf(stack.record).giveDemo(account)
  const calls = [pay(stack.record, '1')]
  const sending = dapp.request('wallet_sendCalls', [
    { version: '2.0.0', chainId: '0x7a69', calls, id: 'order 7' },
  ])
  const approval = await wallet.approval()
  expect(await dapp.request('wallet_getCallsStatus', ['order 7'])).toMatchObject({ status: 100 })
  await pressButton(approval.getByRole('button', { name: 'Approve', exact: true }))
  expect(await sending).toEqual({ id: 'order 7' })
  expect(await dapp.request('wallet_showCallsStatus', ['order 7'])).toBeNull()
  const shown = () => wallet.context.pages().find((page) => page.url() === `${wallet.popupUrl}#/activity`)
  await expect.poll(shown).toBeDefined()
  await expect(shown()?.locator('main') ?? dapp.page.locator('main')).toContainText('Send 1 DEMO')
  expect(await dapp.request('wallet_getSupportedExecutionPermissions')).toEqual({})
  for (const [method, code] of [
    ['wallet_requestExecutionPermissions', 4200],
    ['wallet_sendTransaction', -32601],
    ['eth_sign', 4200],
  ] as const)
    expect(await errorOf(dapp.request(method, [{}]))).toMatchObject({ code })
})
