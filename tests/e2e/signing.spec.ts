import { hashMessage, isErc6492Signature, stringToHex, type Address, type Hex } from 'viem'
import { createSiweMessage } from 'viem/siwe'
import { pressButton } from '../../demo/browser/pressButton.mjs'
import { chainOf } from './chain'
import { connectWithSession, errorOf, openDapp, type Dapp } from './dapp'
import { expect, test, type Wallet } from './fixtures'

/** Connects without a session. */
async function connect(wallet: Wallet, dapp: Dapp): Promise<Address> {
  const connecting = dapp.request('eth_requestAccounts')
  await pressButton((await wallet.approval()).getByRole('button', { name: 'Connect', exact: true }))
  const [account] = (await connecting) as [Address]
  return account
}

/** Asks for a signature, the owner approving what the page shows. */
async function sign(wallet: Wallet, dapp: Dapp, method: string, params: unknown, shows: readonly string[]) {
  const signing = dapp.request(method, params) as Promise<Hex>
  const approval = await wallet.approval()
  await expect(approval.getByRole('heading', { name: 'Sign message' })).toBeVisible()
  for (const text of shows) await expect(approval.locator('main')).toContainText(text)
  await pressButton(approval.getByRole('button', { name: 'Approve', exact: true }))
  return signing
}

const typedDataFor = (verifyingContract: Address) =>
  ({
    domain: { name: 'Orchard', version: '1', chainId: 31337, verifyingContract },
    primaryType: 'Vote',
    types: {
      Vote: [
        { name: 'plots', type: 'Plot[]' },
        { name: 'reason', type: 'string' },
      ],
      Plot: [{ name: 'number', type: 'uint256' }],
    },
    message: { plots: [{ number: 4n }, { number: 7n }], reason: 'More apples' },
  }) as const

/** As clients put it on the wire. */
const json = (value: unknown) =>
  JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? item.toString() : item))

test('behavior: messages and typed data verify on chain, before the account is deployed and after', async ({
  wallet,
  site,
  stack,
}) => {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const address = await connect(wallet, dapp)
  const { client } = chainOf(stack.record)
  const typedData = typedDataFor(stack.record.demo.orchard)
  const message = 'I agree to the orchard’s rules'

  for (const deployed of [false, true]) {
    if (deployed) await connectWithSession(wallet, dapp, stack.record)
    expect((await client.getCode({ address })) !== undefined).toBe(deployed)
    const text = await sign(wallet, dapp, 'personal_sign', [stringToHex(message), address], [message])
    expect(isErc6492Signature(text)).toBe(!deployed)
    expect(await client.verifyMessage({ address, message, signature: text })).toBe(true)
    expect(await client.verifyMessage({ address, message: `${message}.`, signature: text })).toBe(false)
    expect(await client.verifyHash({ address, hash: hashMessage(message), signature: text })).toBe(true)
    const typed = await sign(
      wallet,
      dapp,
      'eth_signTypedData_v4',
      [address, json(typedData)],
      ['Vote', 'More apples', 'does not know what this permits'],
    )
    expect(isErc6492Signature(typed)).toBe(!deployed)
    expect(await client.verifyTypedData({ ...typedData, address, signature: typed })).toBe(true)
    const other = { ...typedData, message: { ...typedData.message, reason: 'Fewer apples' } }
    expect(await client.verifyTypedData({ ...other, address, signature: typed })).toBe(false)
  }
  const activity = await wallet.open('#/activity')
  await expect(activity.locator('main')).toContainText('Signed “Orchard: Vote”')
})

test('behavior: a login of the site itself is one touch; one for another site takes a deliberate act', async ({
  wallet,
  site,
  stack,
}) => {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const address = await connect(wallet, dapp)
  const { host, origin } = new URL(site.url)
  const fields = { address, version: '1', chainId: 31337, nonce: 'abcdef123456' } as const
  const own = createSiweMessage({ ...fields, domain: host, uri: origin, statement: 'Welcome to the orchard' })
  const signature = await sign(
    wallet,
    dapp,
    'personal_sign',
    [own, address],
    [`Sign in to ${host}`, 'Welcome'],
  )
  expect(await chainOf(stack.record).client.verifySiweMessage({ message: own, signature })).toBe(true)

  const stolen = createSiweMessage({ ...fields, domain: 'bank.example', uri: 'https://bank.example' })
  const signing = errorOf(dapp.request('personal_sign', [stolen, address]))
  const approval = await wallet.approval()
  await expect(approval.locator('main')).toContainText('This login is for bank.example')
  const approve = approval.getByRole('button', { name: 'Approve', exact: true })
  await expect(approve).toBeDisabled()
  await approval.getByRole('checkbox').check()
  await expect(approve).toBeEnabled()
  await pressButton(approval.getByRole('button', { name: 'Reject' }))
  expect(await signing).toMatchObject({ code: 4001 })
})

test('behavior: a permit is shown as what it gives away, and an unlimited one takes a deliberate act', async ({
  wallet,
  site,
  stack,
}) => {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const owner = await connect(wallet, dapp)
  const permit = (value: string) => ({
    domain: { name: 'Demo', version: '1', chainId: 31337, verifyingContract: stack.record.tokens.demoToken },
    primaryType: 'Permit',
    types: {
      Permit: ['owner address', 'spender address', 'value uint256', 'nonce uint256', 'deadline uint256']
        .map((field) => field.split(' '))
        .map(([name, type]) => ({ name, type })),
    },
    message: { owner, spender: stack.record.demo.shop, value, nonce: '0', deadline: '4000000000' },
  })
  const two = permit('2000000000000000000')
  await sign(
    wallet,
    dapp,
    'eth_signTypedData_v4',
    [owner, two],
    ['take up to 2 DEMO', 'outlives your sessions'],
  )
  const signing = errorOf(dapp.request('eth_signTypedData_v4', [owner, permit(`0x${'f'.repeat(64)}`)]))
  const approval = await wallet.approval()
  await expect(approval.locator('main')).toContainText('take all your DEMO')
  await expect(approval.getByRole('button', { name: 'Approve', exact: true })).toBeDisabled()
  await approval.close()
  expect(await signing).toMatchObject({ code: 4001 })
})

test('behavior: a signature survives the worker that was stopped while the owner looked', async ({
  wallet,
  site,
  stack,
}) => {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const address = await connect(wallet, dapp)
  const signing = dapp.request('personal_sign', ['hello', address]) as Promise<Hex>
  const approval = await wallet.approval()
  await expect(approval.getByRole('button', { name: 'Approve', exact: true })).toBeEnabled()
  await wallet.stopWorker()
  await approval.bringToFront()
  await pressButton(approval.getByRole('button', { name: 'Approve', exact: true }))
  const { client } = chainOf(stack.record)
  expect(await client.verifyMessage({ address, message: 'hello', signature: await signing })).toBe(true)
})

test('error: eth_sign, typed data for another chain, and another account sign nothing', async ({
  wallet,
  site,
}) => {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const address = await connect(wallet, dapp)
  const typedData = typedDataFor(address)
  const foreign = { ...typedData, domain: { name: 'Orchard', chainId: 1 } }
  expect(await errorOf(dapp.request('eth_sign', [address, '0x12']))).toMatchObject({ code: 4200 })
  expect(await errorOf(dapp.request('eth_signTypedData_v4', [address, json(foreign)]))).toMatchObject({
    code: -32602,
  })
  expect(await errorOf(dapp.request('eth_signTypedData_v4', [address, json(typedData)]))).toMatchObject({
    code: -32602,
    message: expect.stringContaining('guards your account'),
  })
  const stranger = '0x00000000000000000000000000000000000000d1'
  expect(await errorOf(dapp.request('personal_sign', ['hello', stranger]))).toMatchObject({ code: 4100 })
})
