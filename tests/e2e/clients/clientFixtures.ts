import type { Page } from '@playwright/test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { addNetwork } from '../../../demo/browser/addNetwork.mjs'
import { serveDapp } from '../../../demo/stack/dapp/serveDapp.mjs'
import { freePorts } from '../../../demo/stack/process/freePorts.mjs'
import type { Client, PageNetwork } from '../../clients/pages/Client'
import type { Recorded } from '../../clients/pages/recordRequests'
import { openWallet, tellPages, test as base, type Wallet } from '../fixtures'
import { startGate } from '../gate'

declare global {
  interface Window {
    client: Client
    recorded: readonly Recorded[]
  }
}

const built = fileURLToPath(new URL('../../clients/dist', import.meta.url))

/** Chains of the pages: the stack's, one more that the wallet knows, and one that it does not. */
export type ClientNetworks = readonly [PageNetwork, PageNetwork, PageNetwork]

/** The served pages of the client libraries. */
export type ClientSite = { readonly networks: ClientNetworks; urlOf(client: string): string }

type Shared = {
  /** A browser that every client's test uses: the sites differ in origin, so that each has a connection of its own. */
  sharedWallet: Wallet
  clients: ClientSite
  account: string
}

/** Tests of client libraries: one browser, one account and one stack for all of them. */
export const test = base.extend<{ failures: null }, Shared>({
  clients: [
    async ({ stack }, use) => {
      const second = await startGate(stack.record.rpcUrl)
      const { pages: port } = await freePorts(['pages'])
      second.answer('eth_chainId', '0x7a6a')
      const { chainId: id, chainName: name, rpcUrl } = stack.record
      const networks: ClientNetworks = [
        { id, name, rpcUrl },
        { id: 31_338, name: 'Second', rpcUrl: second.url },
        { id: 31_339, name: 'Unknown', rpcUrl: second.url },
      ]
      const server = await serveDapp({ port, folder: built, record: () => ({ networks }) })
      await use({ networks, urlOf: (client) => `http://${client}.localhost:${port}/` })
      await server.stop()
      await second.stop()
    },
    { scope: 'worker' },
  ],
  sharedWallet: [
    async ({ stack, clients }, use) => {
      const userDataDir = mkdtempSync(join(tmpdir(), 'latchkey-clients-'))
      const wallet = await openWallet(userDataDir)
      const page = await wallet.open('#/networks')
      await addNetwork(page, wallet.popupUrl, stack.record)
      const bundler = await startGate(stack.record.bundlerUrl)
      bundler.answer('eth_chainId', '0x7a6a')
      const [, { name: chainName, rpcUrl }] = clients.networks
      const second = { ...stack.record, chainName, rpcUrl, bundlerUrl: bundler.url }
      await addNetwork(page, wallet.popupUrl, second)
      await page.close()
      await use(wallet)
      await wallet.context.close()
      await bundler.stop()
      rmSync(userDataDir, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  account: [async ({ sharedWallet }, use) => use(await sharedWallet.createAccount()), { scope: 'worker' }],
  failures: [
    async ({ sharedWallet }, use, testInfo) => {
      await use(null)
      if (testInfo.status !== testInfo.expectedStatus) await tellPages(sharedWallet.context)
      for (const page of sharedWallet.context.pages().slice(1)) await page.close()
    },
    { auto: true },
  ],
})

/** Opens a client's page and waits until its library is at work. What it asks of other computers goes nowhere. */
export async function openClient(wallet: Wallet, { urlOf }: ClientSite, client: string): Promise<Page> {
  const page = await wallet.context.newPage()
  page.on('pageerror', (error) => console.log(`${client}: ${error.message}`))
  await page.route(
    ({ hostname }) => !/^(127\.0\.0\.1|localhost|.*\.localhost)$/.test(hostname),
    (route) => route.abort(),
  )
  await page.goto(urlOf(client))
  await page.locator('body[data-ready]').waitFor({ state: 'attached', timeout: 10_000 })
  return page
}

/** The methods that the page's library has asked for so far. */
export async function methodsOf(page: Page): Promise<string[]> {
  const recorded = await page.evaluate(() => window.recorded)
  return recorded.map(({ method, code }) => (code === undefined ? method : `${method} ${code}`))
}

export const { expect } = test
