import { decodeFunctionData, encodeFunctionData, parseAbi } from 'viem'
import { chainOf } from '../chain'
import { answerApproval } from '../../../demo/browser/answerApproval.mjs'
import { expect, methodsOf, openClient, test } from './clientFixtures'

const abi = parseAbi(['function plant(uint256 plot)'])

for (const [plot, client] of ['wagmi3', 'wagmi2', 'viem', 'ethers', 'web3'].entries()) {
  test(`behavior: ${client} connects, reconnects silently, sends, reads the receipt, switches and adds a chain, disconnects`, async ({
    account,
    clients,
    sharedWallet: wallet,
    stack,
  }) => {
    const page = await openClient(wallet, clients, client)
    const [first, second, unknown] = clients.networks
    expect(await page.evaluate(() => window.client.account())).toBeNull()
    expect(await page.evaluate(() => window.client.chainId())).toBe(first.id)

    const connecting = page.evaluate(() => window.client.connect())
    await answerApproval(await wallet.approval(), { heading: 'Connect', button: 'Connect' })
    expect(await connecting).toBe(account)

    await page.reload()
    await page.locator('body[data-ready]').waitFor({ state: 'attached' })
    expect(await page.evaluate(() => window.client.account())).toBe(account)

    const data = encodeFunctionData({ abi, functionName: 'plant', args: [BigInt(plot)] })
    const call = { to: stack.record.demo.orchard, data }
    const sending = page.evaluate((asked) => window.client.send(asked), call)
    await answerApproval(await wallet.approval(), { heading: 'Approve transaction', button: 'Approve' })
    const hash = (await sending) as `0x${string}`
    expect(await page.evaluate((sent) => window.client.receipt(sent), hash)).toMatchObject({
      status: 'success',
    })
    const { input } = await chainOf(stack.record).client.getTransaction({ hash })
    expect(input).toContain(data.slice(2))
    expect(decodeFunctionData({ abi, data }).args).toEqual([BigInt(plot)])

    const switching = page.evaluate((id) => window.client.switchChain(id), second.id)
    await answerApproval(await wallet.approval(), { heading: 'Switch network', button: 'Approve' })
    await switching
    expect(await page.evaluate(() => window.client.chainId())).toBe(second.id)
    // An account needs a bundler on the chain, which this request cannot name: the page is told where the user adds it.
    const adding = await page.evaluate(
      (id) =>
        window.client.switchChain(id).then(
          () => 'switched',
          (error: Error) => String(error.message),
        ),
      unknown.id,
    )
    expect(adding).toContain(`needs a bundler for chain ${unknown.id}`)
    expect(await page.evaluate(() => window.client.chainId())).toBe(second.id)

    await page.evaluate(() => window.client.disconnect())
    expect(await page.evaluate(() => window.client.account())).toBeNull()
    await page.reload()
    await page.locator('body[data-ready]').waitFor({ state: 'attached' })
    expect(await page.evaluate(() => window.client.account())).toBeNull()
    console.log(client, await methodsOf(page))
  })
}
