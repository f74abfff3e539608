import { addNetwork } from '../../demo/browser/addNetwork.mjs'
import { pressButton } from '../../demo/browser/pressButton.mjs'
import { openDapp, type Dapp } from './dapp'
import { expect, test, type Wallet } from './fixtures'
import { startGate } from './gate'
import { listen } from './heard'

async function connect(wallet: Wallet, dapp: Dapp): Promise<string> {
  const connecting = dapp.request('eth_requestAccounts')
  await pressButton((await wallet.approval()).getByRole('button', { name: 'Connect', exact: true }))
  const [account = ''] = (await connecting) as string[]
  return account
}

test('behavior: accountsChanged and connect are told once, on change, to every document of the origin and to no other', async ({
  wallet,
  site,
}) => {
  await wallet.createAccount()
  const [first, second] = [await openDapp(wallet, site.url), await openDapp(wallet, site.url)]
  const other = await openDapp(wallet, site.otherUrl)
  const heard = [await listen(first.page), await listen(second.page)]
  const elsewhere = await listen(other.page)
  const opened = [['connect', { chainId: '0x7a69' }]]
  for (const read of [...heard, elsewhere]) await expect.poll(read).toEqual(opened)
  const account = await connect(wallet, first)
  for (const read of heard) await expect.poll(read).toEqual([...opened, ['accountsChanged', [account]]])
  expect(await first.request('eth_requestAccounts')).toEqual([account])
  expect(await first.request('eth_accounts')).toEqual([account])
  await second.request('wallet_revokePermissions', [{ eth_accounts: {} }])
  await second.request('wallet_revokePermissions', [{ eth_accounts: {} }])
  for (const read of heard)
    await expect.poll(read).toEqual([...opened, ['accountsChanged', [account]], ['accountsChanged', []]])
  expect(await other.request('eth_accounts')).toEqual([])
  expect(await elsewhere()).toEqual(opened)
})

test('behavior: chainChanged is told once to the origin that switched; another origin keeps its chain', async ({
  wallet,
  site,
  stack,
}) => {
  await wallet.createAccount()
  const [node, bundler] = [await startGate(stack.record.rpcUrl), await startGate(stack.record.bundlerUrl)]
  for (const gate of [node, bundler]) gate.answer('eth_chainId', '0x539')
  const page = await wallet.open('#/networks')
  const second = { chainId: 1337, chainName: 'Second', rpcUrl: node.url, bundlerUrl: bundler.url }
  await addNetwork(page, wallet.popupUrl, { ...stack.record, ...second, paymasterUrl: '' })
  await page.close()
  const [dapp, other] = [await openDapp(wallet, site.url), await openDapp(wallet, site.otherUrl)]
  await connect(wallet, dapp)
  await connect(wallet, other)
  const [heard, elsewhere] = [await listen(dapp.page), await listen(other.page)]
  const before = await dapp.request('eth_chainId')
  const target = before === '0x539' ? '0x7a69' : '0x539'
  const switching = dapp.request('wallet_switchEthereumChain', [{ chainId: target }])
  await pressButton((await wallet.approval()).getByRole('button', { name: 'Approve', exact: true }))
  expect(await switching).toBeNull()
  await expect.poll(heard).toEqual([['chainChanged', target]])
  expect(await dapp.request('eth_chainId')).toBe(target)
  expect(await dapp.request('wallet_switchEthereumChain', [{ chainId: target }])).toBeNull()
  expect(await heard()).toEqual([['chainChanged', target]])
  expect(await other.request('eth_chainId')).toBe(before)
  expect(await elsewhere()).toEqual([])
  await Promise.all([node.stop(), bundler.stop()])
})

test('behavior: a page whose worker was stopped hears of a change made in another tab', async ({
  wallet,
  site,
}) => {
  await wallet.createAccount()
  const waiting = await openDapp(wallet, site.url)
  const heard = await listen(waiting.page)
  await expect.poll(heard).toHaveLength(1)
  await wallet.stopWorker()
  const account = await connect(wallet, await openDapp(wallet, site.url))
  await expect.poll(heard).toEqual([
    ['connect', { chainId: '0x7a69' }],
    ['accountsChanged', [account]],
  ])
})

test('behavior: reconnecting as wagmi does is silent', async ({ wallet, site }) => {
  const account = await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const pages = wallet.context.pages().length
  const reconnect = ({ request }: Dapp) =>
    Promise.all(['eth_accounts', 'eth_accounts', 'eth_chainId'].map((method) => request(method)))
  expect(await reconnect(dapp)).toEqual([[], [], '0x7a69'])
  expect(wallet.context.pages()).toHaveLength(pages)
  await connect(wallet, dapp)
  await dapp.page.close()
  const again = await openDapp(wallet, site.url)
  const heard = await listen(again.page)
  expect(await reconnect(again)).toEqual([[account], [account], '0x7a69'])
  expect(await heard()).toEqual([['connect', { chainId: '0x7a69' }]])
  await expect.poll(() => wallet.context.pages().length).toBe(pages)
})
