import { parseEther } from 'viem'
import { pressButton } from '../../demo/browser/pressButton.mjs'
import { chainOf } from './chain'
import { connectWithSession, errorOf, openDapp, pay } from './dapp'
import { expect, test, type Wallet } from './fixtures'

/** Stops every worker at once when called: the page that it is called through is open already. */
async function stopper(wallet: Wallet): Promise<() => Promise<void>> {
  const page = await wallet.open('#/settings')
  const session = await wallet.context.newCDPSession(page)
  await session.send('ServiceWorker.enable')
  return async () => void (await session.send('ServiceWorker.stopAllWorkers'))
}

// In ms after the request: before it is checked, while it is signed and sent, and about when its answer comes.
for (const delay of [5, 60, 130])
  test(`behavior: a worker killed ${delay} ms after a request sends it once, or never and says so`, async ({
    wallet,
    site,
    stack,
  }) => {
    await wallet.createAccount()
    const chain = chainOf(stack.record)
    const dapp = await openDapp(wallet, site.url)
    const account = await connectWithSession(wallet, dapp, stack.record)
    await chain.giveDemo(account)
    const kill = await stopper(wallet)
    await dapp.page.bringToFront()
    let paid = 0
    for (let round = 1; round <= 3; round++) {
      const sending = dapp.request('eth_sendTransaction', [{ from: account, ...pay(stack.record, '1') }])
      const ended = sending.catch((error: Error & { code?: number }) => error)
      await new Promise((resolve) => setTimeout(resolve, delay))
      await kill()
      const end = await ended
      if (typeof end === 'string') {
        paid += 1
        expect((await chain.client.getTransactionReceipt({ hash: end as `0x${string}` })).status).toBe(
          'success',
        )
      } else {
        // Killed before the request was written down: the page is told to look before it asks again.
        expect(end).toMatchObject({ code: 4900 })
      }
      expect(await chain.demoOf(account)).toBe(parseEther(String(100 - paid)))
    }
    if (delay > 50) expect(paid).toBe(3)
    expect(wallet.authenticator.gestures).toBe(2)
  })

test('error: the window that is closed while the worker is stopped is a rejection', async ({
  wallet,
  site,
}) => {
  await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const kill = await stopper(wallet)
  const known = await windowMemory(wallet)
  const connecting = errorOf(dapp.request('eth_requestAccounts'))
  const approval = await wallet.approval()
  await expect.poll(known.read).toMatch(/^\d+$/)
  await kill()
  await approval.close()
  expect(await connecting).toMatchObject({ code: 4001 })
})

test('behavior: what waits is shown again when the worker was killed before it had noted its window', async ({
  wallet,
  site,
}) => {
  const account = await wallet.createAccount()
  const dapp = await openDapp(wallet, site.url)
  const kill = await stopper(wallet)
  const known = await windowMemory(wallet)
  const connecting = dapp.request('eth_requestAccounts')
  const approval = await wallet.approval()
  const address = approval.url()
  await expect.poll(known.read).toMatch(/^\d+$/)
  await known.forget()
  await approval.close()
  await kill()
  const shown = () => wallet.context.pages().find((page) => page.url() === address)
  await expect.poll(shown).toBeDefined()
  await shown()?.bringToFront()
  await pressButton((shown() ?? approval).getByRole('button', { name: 'Connect', exact: true }))
  expect(await connecting).toEqual([account])
})

/** The number of the approval window as the worker noted it, read and forgotten through one of the wallet's own pages. */
async function windowMemory(wallet: Wallet) {
  const page = await wallet.open('#/settings')
  const name = JSON.stringify('approval-window')
  return {
    read: async () =>
      String(await page.evaluate(`chrome.storage.session.get(${name}).then((all) => all[${name}])`)),
    forget: () => page.evaluate(`chrome.storage.session.remove(${name})`),
  }
}
