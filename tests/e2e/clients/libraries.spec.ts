import { encodeFunctionData, parseAbi, type Hex } from 'viem'
import { answerApproval } from '../../../demo/browser/answerApproval.mjs'
import { chainOf } from '../chain'
import { expect, methodsOf, openClient, test } from './clientFixtures'

const abi = parseAbi(['function plant(uint256 plot)'])
/** What a page may ask when nobody has clicked anything. */
const silent = ['eth_accounts', 'eth_chainId']

/** How each library asks to connect; the rest of its requests is attached to the report. */
const clients = {
  wagmi3: 'wallet_requestPermissions',
  wagmi2: 'wallet_requestPermissions',
  viem: 'eth_requestAccounts',
  ethers: 'eth_requestAccounts',
  web3: 'eth_requestAccounts',
}

for (const [plot, [client, connectMethod]] of Object.entries(clients).entries()) {
  test(`behavior: ${client} connects, reconnects silently, sends, reads the receipt, switches and adds a chain, disconnects`, async ({
    account,
    clients: site,
    sharedWallet: wallet,
    stack,
  }, testInfo) => {
    const page = await openClient(wallet, site, client)
    const current = () => page.evaluate(() => window.client.account())
    const chainId = () => page.evaluate(() => window.client.chainId())
    const reload = async () => {
      await page.reload()
      await page.locator('body[data-ready]').waitFor({ state: 'attached' })
    }
    const [first, second, unknown] = site.networks

    expect(await current()).toBeNull()
    expect(await chainId()).toBe(first.id)
    expect(silent).toEqual(expect.arrayContaining(await methodsOf(page)))

    const connecting = page.evaluate(() => window.client.connect())
    await answerApproval(await wallet.approval(), { heading: 'Connect', button: 'Connect' })
    expect(await connecting).toBe(account)
    const asked = await methodsOf(page)
    expect(asked.filter((method) => method === connectMethod)).toHaveLength(1)

    await reload()
    expect(await current()).toBe(account)
    expect(silent).toEqual(expect.arrayContaining(await methodsOf(page)))

    const data = encodeFunctionData({ abi, functionName: 'plant', args: [BigInt(plot)] })
    const call = { to: stack.record.demo.orchard, data }
    const sending = page.evaluate((transaction) => window.client.send(transaction), call)
    await answerApproval(await wallet.approval(), { heading: 'Approve transaction', button: 'Approve' })
    const hash = (await sending) as Hex
    const receipt = await page.evaluate((sent) => window.client.receipt(sent), hash)
    expect(receipt).toMatchObject({ status: 'success' })
    // A transaction of the chain itself, not the operation's own hash.
    const { input } = await chainOf(stack.record).client.getTransaction({ hash })
    expect(input).toContain(data.slice(2))

    const switching = page.evaluate((id) => window.client.switchChain(id), second.id)
    await answerApproval(await wallet.approval(), { heading: 'Switch network', button: 'Approve' })
    await switching
    expect(await chainId()).toBe(second.id)

    // An account needs a bundler on the chain, which this request cannot name: the page is told where the user adds it.
    const adding = page.evaluate(
      (id) =>
        window.client.switchChain(id).then(
          () => 'switched',
          (error: Error) => error.message,
        ),
      unknown.id,
    )
    expect(await adding).toContain(`needs a bundler for chain ${unknown.id}`)
    expect(await chainId()).toBe(second.id)
    const requests = [...asked, 'reload', ...(await methodsOf(page))]
    await testInfo.attach('requests', { body: requests.join('\n'), contentType: 'text/plain' })
    expect(requests).toContain('wallet_switchEthereumChain 4902')
    expect(requests).toContain('wallet_addEthereumChain 4200')

    await page.evaluate(() => window.client.disconnect())
    expect(await current()).toBeNull()
    await reload()
    expect(await current()).toBeNull()
  })
}
