import {
  encodeFunctionData,
  parseAbi,
  parseEther,
  parseEventLogs,
  stringToHex,
  toHex,
  type Address,
  type Hex,
} from 'viem'
import { entryPointAbi } from '@/lib/chains/abi/entryPoint.gen'
import { pressButton } from '../../demo/browser/pressButton.mjs'
import { chainOf } from './chain'
import { connectWithSession, openDapp, plant, preferences } from './dapp'
import { expect, test } from './fixtures'

test.use({ sponsored: false })

test('behavior: with nobody to pay the window shows amount and QR, waits for the funds, and goes on', async ({
  wallet,
  site,
  stack,
}) => {
  const address = await wallet.createAccount()
  const chain = chainOf(stack.record)
  const dapp = await openDapp(wallet, site.url)
  const connecting = connectWithSession(wallet, dapp, stack.record)
  await expect
    .poll(() => wallet.context.pages().find((page) => page.url().includes('#/approve/')) !== undefined)
    .toBe(true)
  const approval = wallet.context.pages().find((page) => page.url().includes('#/approve/')) ?? dapp.page
  await expect(approval.getByRole('img', { name: 'Your address' })).toBeVisible()
  await chain.client.setBalance({ address: address as `0x${string}`, value: parseEther('1') })
  const account = await connecting
  await dapp.request('eth_sendTransaction', [{ from: account, ...plant(stack.record, 9) }])
  expect(await chain.client.getBalance({ address: account })).toBeLessThan(parseEther('1'))
})

test('error: a transfer of more than the account has is shown as short of funds, and can be rejected', async ({
  wallet,
  site,
  stack,
}) => {
  const address = await wallet.createAccount()
  const chain = chainOf(stack.record)
  await chain.client.setBalance({ address: address as `0x${string}`, value: parseEther('1') })
  const dapp = await openDapp(wallet, site.url)
  const account = await connectWithSession(wallet, dapp, stack.record)
  const sending = dapp
    .request('eth_sendTransaction', [
      { from: account, to: stack.record.demo.shop, value: toHex(parseEther('5')) },
    ])
    .then(
      () => null,
      (error: { code: number }) => error.code,
    )
  const approval = await wallet.approval()
  await expect(approval.getByRole('img', { name: 'Your address' })).toBeVisible()
  await pressButton(approval.getByRole('button', { name: 'Reject' }))
  expect(await sending).toBe(4001)
})

test('behavior: a paymaster that the site names by its address pays, for the session and for what it signs', async ({
  wallet,
  site,
  stack: { record },
}) => {
  await wallet.createAccount()
  const { client } = chainOf(record)
  const paymaster = record.demo.generalPaymaster
  const paymasterInput = encodeFunctionData({
    abi: parseAbi(['function general(bytes input)']),
    args: [stringToHex('harvest')],
  })
  const dapp = await openDapp(wallet, site.url)
  const connecting = dapp.request('eth_requestAccounts', [
    { sessionPreferences: preferences(record), paymaster: { address: paymaster, paymasterInput } },
  ])
  const approval = await wallet.approval()
  await pressButton(approval.getByRole('button', { name: 'Approve', exact: true }))
  const [from] = (await connecting) as [Address]
  const hash = (await dapp.request('eth_sendTransaction', [
    { from, ...plant(record, 9), paymaster, paymasterInput },
  ])) as Hex
  const { logs } = await client.getTransactionReceipt({ hash })
  const [used] = parseEventLogs({ abi: entryPointAbi, logs, eventName: 'UserOperationEvent' })
  expect(used?.args).toMatchObject({ sender: from, paymaster, success: true })
  expect(await client.getBalance({ address: from })).toBe(0n)
})
