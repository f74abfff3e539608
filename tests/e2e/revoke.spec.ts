import { pressButton } from '../../demo/browser/pressButton.mjs'
import { encodeFunctionData, erc20Abi, numberToHex, parseAbi, parseEther } from 'viem'
import { chainOf } from './chain'
import { connectWithSession, errorOf, openDapp, plant } from './dapp'
import { expect, test } from './fixtures'

test('behavior: the session list shows what remains; a revoked session is dead at once and on chain', async ({
  wallet,
  site,
  stack,
}) => {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const account = await connectWithSession(wallet, dapp, stack.record)
  const page = await wallet.open('#/sessions')
  await expect(page.locator('main')).toContainText('10 DEMO')
  await page.getByRole('button', { name: 'Revoke', exact: true }).click()
  const confirm = page.getByRole('alertdialog').getByRole('button', { name: 'Revoke', exact: true })
  if (await confirm.isVisible()) await confirm.click()
  // The key is gone before anything is signed on chain.
  await expect(page.getByRole('heading', { name: 'Approve transaction' })).toBeVisible()
  const sending = errorOf(dapp.request('eth_sendTransaction', [{ from: account, ...plant(stack.record, 3) }]))
  await page.getByRole('button', { name: 'Approve', exact: true }).click()
  await expect
    .poll(async () => {
      const [session] = (await dapp.request('wallet_getSessions')) as { status: string }[]
      return session?.status
    })
    .toBe('closed')
  const approval = await wallet.approval()
  await expect(approval.getByRole('heading', { name: 'Approve transaction' })).toBeVisible()
  await pressButton(approval.getByRole('button', { name: 'Reject' }))
  expect(await sending).toMatchObject({ code: 4001, data: { refusal: { rule: 'SessionNotActive' } } })
})

test('behavior: revoke and clean up: one gesture closes the session and takes back what it approved', async ({
  wallet,
  site,
  stack,
}) => {
  await wallet.createAccount()
  const { tokens, demo } = stack.record
  const abi = parseAbi(['function approve(address spender, uint256 amount)'])
  const sessionPreferences = {
    expiresAt: '1 day',
    feeLimit: numberToHex(parseEther('0.05')),
    contractCalls: [
      {
        address: tokens.demoToken,
        abi,
        functionName: 'approve',
        constraints: [
          { index: 0, value: demo.shop, condition: 'Equal' },
          { index: 1, value: numberToHex(parseEther('5')), condition: 'LessEqual' },
        ],
      },
    ],
  }
  const dapp = await openDapp(wallet, site.url)
  const connecting = dapp.request('eth_requestAccounts', [{ sessionPreferences }])
  const asked = await wallet.approval()
  const accept = asked.getByRole('checkbox')
  await expect(asked.getByRole('button', { name: 'Approve', exact: true })).toBeVisible()
  if (await accept.isVisible()) await accept.check()
  await pressButton(asked.getByRole('button', { name: 'Approve', exact: true }))
  const [account] = (await connecting) as [`0x${string}`]
  const data = encodeFunctionData({ abi, functionName: 'approve', args: [demo.shop, parseEther('5')] })
  await dapp.request('eth_sendTransaction', [{ from: account, to: tokens.demoToken, data }])
  const { client } = chainOf(stack.record)
  const allowance = () =>
    client.readContract({
      address: tokens.demoToken,
      abi: erc20Abi,
      functionName: 'allowance',
      args: [account, demo.shop],
    })
  expect(await allowance()).toBe(parseEther('5'))

  const page = await wallet.open('#/sessions')
  await page.getByRole('button', { name: 'Revoke and clean up' }).click()
  await expect(page.locator('main')).toContainText('can take up to 5 DEMO')
  await page.getByRole('button', { name: 'Approve', exact: true }).click()
  await expect.poll(allowance).toBe(0n)
  await expect
    .poll(async () => {
      const [session] = (await dapp.request('wallet_getSessions')) as { status: string }[]
      return session?.status
    })
    .toBe('closed')
})
