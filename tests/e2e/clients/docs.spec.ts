import { encodeFunctionData, erc20Abi, parseAbi, parseEther, type Hex } from 'viem'
import { answerApproval } from '../../../demo/browser/answerApproval.mjs'
import type { SnippetCalls } from '../../clients/pages/SnippetCalls'
import { chainOf } from '../chain'
import { expect, openClient, test } from './clientFixtures'

declare global {
  interface Window {
    snippets: SnippetCalls
  }
}

const orchardAbi = parseAbi(['function plant(uint256 plot)'])

test('behavior: the code of docs/dapps.md does what the text beside it says', async ({
  account,
  clients,
  sharedWallet: wallet,
  stack,
}) => {
  const { shop, orchard } = stack.record.demo
  const token = stack.record.tokens.demoToken
  await chainOf(stack.record).giveDemo(account as Hex)
  const page = await openClient(wallet, clients, 'docs')
  const pay = (amount: string) => ({
    to: token,
    data: encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [shop, parseEther(amount)] }),
  })
  const plant = {
    to: orchard,
    data: encodeFunctionData({ abi: orchardAbi, functionName: 'plant', args: [30n] }),
  }

  const connecting = page.evaluate(() => window.snippets.connect())
  await answerApproval(await wallet.approval(), { heading: 'Connect', button: 'Connect' })
  expect(await connecting).toBe(account)
  expect(await page.evaluate((call) => window.snippets.foresee([call]), pay('1'))).toBe(
    'The wallet will ask.',
  )

  const asking = page.evaluate((at) => window.snippets.askForSession(at.token, at.shop), { token, shop })
  await answerApproval(await wallet.approval(), { heading: 'Approve session', button: 'Approve' })
  expect(await asking).toBe('active')
  expect(await page.evaluate((at) => window.snippets.askForSession(at.token, at.shop), { token, shop })).toBe(
    'active',
  )

  expect(await page.evaluate((call) => window.snippets.foresee([call]), pay('1'))).toBe('No prompt.')
  expect(await page.evaluate((call) => window.snippets.foresee([call]), pay('3'))).toBe(
    'The wallet will ask: ConditionViolated.',
  )
  const taps = wallet.authenticator.gestures
  const sent = await page.evaluate((calls) => window.snippets.sendBatch(calls), [pay('1'), pay('2')])
  expect(sent.status).toBe('success')
  expect(sent.hash).toMatch(/^0x[0-9a-f]{64}$/)
  expect(await page.evaluate((calls) => window.snippets.ruleOf(calls), [plant])).toBe('CallPolicyViolated')
  expect(wallet.authenticator.gestures).toBe(taps)
})

test('behavior: a dapp of ZKsync SSO that changes its import connects with a session and sends by the wallet client', async ({
  account,
  clients,
  sharedWallet: wallet,
  stack,
}) => {
  const page = await openClient(wallet, clients, 'moving')
  await chainOf(stack.record).client.setBalance({ address: account as Hex, value: parseEther('1') })
  const connecting = page.evaluate(() => window.snippets.move())
  await answerApproval(await wallet.approval(), { heading: 'Approve session', button: 'Approve' })
  expect(await connecting).toBe(account)
  const taps = wallet.authenticator.gestures
  const hash = await page.evaluate(() => window.snippets.tip())
  expect(hash).toMatch(/^0x[0-9a-f]{64}$/)
  expect(wallet.authenticator.gestures).toBe(taps)
})
