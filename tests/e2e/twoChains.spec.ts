import type { Address, Hex } from 'viem'
import { addNetwork } from '../../demo/browser/addNetwork.mjs'
import { pressButton } from '../../demo/browser/pressButton.mjs'
import { startStack, type StackRecord } from '../../demo/stack/startStack.mjs'
import { sessionKeyValidatorAbi } from '@/lib/chains/abi/sessionKeyValidator.gen'
import { chainOf } from './chain'
import { connectWithSession, openDapp, preferences } from './dapp'
import { expect, test } from './fixtures'

/** 1 active, 2 closed, as the session module of a chain says. */
function statusOn(record: StackRecord, account: Address, id: Hex): Promise<number> {
  return chainOf(record).client.readContract({
    address: record.contracts.sessionKeyValidator,
    abi: sessionKeyValidatorAbi,
    functionName: 'sessionStatus',
    args: [account, id],
  })
}

test('behavior: "Revoke all" over two chains stops all here at once; each chain is closed and shown by itself', async ({
  wallet,
  site,
  stack,
}) => {
  test.setTimeout(180_000)
  const second = await startStack({ chainId: 31_338, dapp: false })
  try {
    const adding = await wallet.context.newPage()
    await addNetwork(adding, wallet.popupUrl, { ...second.record, chainName: 'Second' })
    await adding.close()
    await wallet.createAccount()
    const dapp = await openDapp(wallet, site.url)
    const idOf = async () => ((await dapp.request('wallet_getSessions')) as [{ id: Hex }])[0].id
    const account = await connectWithSession(wallet, dapp, stack.record)
    const first = await idOf()
    const switching = dapp.request('wallet_switchEthereumChain', [{ chainId: '0x7a6a' }])
    await pressButton((await wallet.approval()).getByRole('button', { name: 'Approve', exact: true }))
    await switching
    const asking = dapp.request('eth_requestAccounts', [{ sessionPreferences: preferences(second.record) }])
    await pressButton((await wallet.approval()).getByRole('button', { name: 'Approve', exact: true }))
    await asking
    const other = await idOf()

    const page = await wallet.open('#/sessions')
    await page.getByRole('button', { name: 'Revoke all' }).click()
    const approve = page.getByRole('button', { name: 'Approve', exact: true })
    await expect(approve).toBeEnabled()
    // Off here on both before anything is signed; open on both chains.
    const list = await wallet.open('#/sessions')
    await expect(list.getByText(/Not closed on .* yet: your passkey is still to be asked/)).toHaveCount(2)
    expect([
      await statusOn(stack.record, account, first),
      await statusOn(second.record, account, other),
    ]).toEqual([1, 1])
    await approve.click()
    await expect(page.getByText('Closed on chain', { exact: true })).toBeVisible()
    // One chain is done, the other one is as it was.
    await expect(list.getByText(/^Closed on .*\. A copied key is useless now\.$/)).toHaveCount(1)
    await expect(list.getByText(/Not closed on .* yet: your passkey is still to be asked/)).toHaveCount(1)
    const between = [
      await statusOn(stack.record, account, first),
      await statusOn(second.record, account, other),
    ]
    expect(between.sort()).toEqual([1, 2])
    await page.getByRole('button', { name: 'Next request' }).click()
    await approve.click()
    await expect(list.getByText(/^Closed on .*\. A copied key is useless now\.$/)).toHaveCount(2)
    expect([
      await statusOn(stack.record, account, first),
      await statusOn(second.record, account, other),
    ]).toEqual([2, 2])
  } finally {
    await second.stop()
  }
})
