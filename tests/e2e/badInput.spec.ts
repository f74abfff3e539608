import { addNetwork } from '../../demo/browser/addNetwork.mjs'
import { pressButton } from '../../demo/browser/pressButton.mjs'
import type { StackRecord } from '../../demo/stack/startStack.mjs'
import { connectWithSession, errorOf, openDapp, plant, preferences } from './dapp'
import { expect, test, type Wallet } from './fixtures'
import { leftovers } from './leftovers'
import { startProxy, type Proxy } from './proxy'

const dead = '0x000000000000000000000000000000000000dEaD'

/** The wallet reaches one server of the stack through a proxy. */
async function through(wallet: Wallet, record: StackRecord, server: 'rpcUrl' | 'bundlerUrl'): Promise<Proxy> {
  const proxy = await startProxy(record[server])
  const page = await wallet.context.newPage()
  await addNetwork(page, wallet.popupUrl, { ...record, [server]: proxy.url })
  await page.close()
  return proxy
}

test('error: malformed requests get the code of the standard and say what to do; nothing opens, nothing stays', async ({
  wallet,
  site,
  stack,
}) => {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const wish = preferences(stack.record)
  const session = (change: object) => [{ sessionPreferences: { ...wish, ...change } }]
  const say = [{ type: 'function', name: 'say', inputs: [{ name: 'words', type: 'string' }], outputs: [] }]
  const dynamic = {
    address: dead,
    abi: say,
    functionName: 'say',
    constraints: [{ index: 0, value: 'hi', condition: 'Equal' }],
  }
  const pages = wallet.context.pages().length
  const cases: [string, unknown, number, RegExp][] = [
    ['eth_sign', [dead, '0x12'], 4200, /Use personal_sign/],
    ['eth_sendTransaction', [{ to: dead }], 4100, /eth_requestAccounts/],
    ['wallet_switchEthereumChain', [{ chainId: '0x539' }], 4902, /Add it first/],
    ['wallet_switchEthereumChain', [{}], -32602, /chainId is missing/],
    ['eth_requestAccounts', [7], -32602, /params\.0 must be Object/],
    ['eth_requestAccounts', [{ paymaster: dead }], -32602, /There is no paymaster at/],
    ['eth_requestAccounts', [{ sessionPreferences: 'all' }], -32602, /session/],
    ['eth_requestAccounts', session({ colour: 'red' }), -32602, /colour/],
    ['eth_requestAccounts', session({ expiresAt: '0 hours' }), -32602, /greater than zero/],
    ['eth_requestAccounts', session({ expiresAt: 1_000 }), -32602, /has passed/],
    [
      'eth_requestAccounts',
      session({ contractCalls: [dynamic] }),
      -32602,
      /contractCalls\[0\]\.constraints\[0\]/,
    ],
  ]
  for (const [method, params, code, message] of cases) {
    const error = await errorOf(dapp.request(method, params))
    expect(error.code, method).toBe(code)
    expect(error.message).toMatch(message)
  }
  expect(wallet.context.pages()).toHaveLength(pages)
  expect(await leftovers(wallet)).toEqual({ memory: [], journal: [] })
  const account = await connectWithSession(wallet, dapp, stack.record)
  expect(
    await errorOf(dapp.request('eth_sendTransaction', [{ from: dead, ...plant(stack.record, 1) }])),
  ).toMatchObject({ code: 4100, message: expect.stringContaining(account) })
})

test('error: a bundler that is down while a session is asked for is said in the window, with a way to try again', async ({
  wallet,
  site,
  stack,
}) => {
  await wallet.createAccount()
  const proxy = await through(wallet, stack.record, 'bundlerUrl')
  const dapp = await openDapp(wallet, site.url)
  proxy.cut()
  const connecting = dapp.request('eth_requestAccounts', [{ sessionPreferences: preferences(stack.record) }])
  const approval = await wallet.approval()
  await expect(approval.getByRole('alert')).toContainText('The bundler of')
  await expect(approval.getByRole('alert')).toContainText('does not answer')
  await expect(approval.getByRole('button', { name: 'Approve', exact: true })).toHaveCount(0)
  proxy.mend()
  await approval.getByRole('button', { name: 'Try again' }).click()
  await pressButton(approval.getByRole('button', { name: 'Approve', exact: true }))
  expect(await connecting).toEqual([expect.stringMatching(/^0x/)])
  await proxy.stop()
})

for (const [server, named] of [
  ['bundlerUrl', 'bundler'],
  ['rpcUrl', 'node'],
] as const)
  test(`error: a ${named} that is down is told to the site without a prompt; once it is back the next request signs itself`, async ({
    wallet,
    site,
    stack,
  }) => {
    await wallet.createAccount()
    const proxy = await through(wallet, stack.record, server)
    const dapp = await openDapp(wallet, site.url)
    const account = await connectWithSession(wallet, dapp, stack.record)
    const before = await leftovers(wallet)
    const send = (plot: number) =>
      dapp.request('eth_sendTransaction', [{ from: account, ...plant(stack.record, plot) }])
    proxy.cut()
    expect(await errorOf(send(20))).toMatchObject({
      code: 4901,
      message: expect.stringContaining(`The ${named} of`),
    })
    expect(await leftovers(wallet)).toEqual(before)
    proxy.mend()
    expect(await send(20)).toMatch(/^0x[0-9a-f]{64}$/)
    await proxy.stop()
  })

test('error: a passkey prompt that fails and a closed window leave nothing; asking again works at once', async ({
  wallet,
  site,
  stack,
}) => {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  wallet.authenticator.settings.refuse = 'cancel'
  const connecting = errorOf(
    dapp.request('eth_requestAccounts', [{ sessionPreferences: preferences(stack.record) }]),
  )
  const approval = await wallet.approval()
  await pressButton(approval.getByRole('button', { name: 'Approve', exact: true }))
  await expect(approval.getByRole('alert')).toContainText('No passkey was used')
  await approval.close()
  expect(await connecting).toMatchObject({ code: 4001 })
  expect(await leftovers(wallet)).toEqual({ memory: [], journal: ['void'] })
  wallet.authenticator.settings.refuse = undefined
  const account = await connectWithSession(wallet, dapp, stack.record)
  expect(await dapp.request('eth_accounts')).toEqual([account])
})
