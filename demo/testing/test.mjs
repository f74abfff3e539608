import { createRequire } from 'node:module'
import { test as base } from '@playwright/test'

export { expect } from '@playwright/test'

const require = createRequire(import.meta.url)

/** @type {import('./test.mjs').test} Package export `latchkey/testing`: Playwright's `test` in a browser that has the wallet. */
export const test = base.extend({
  stack: [
    // Playwright reads the fixtures that one needs from this pattern.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      checkTools()
      const { startStack } = await import('../stack/startStack.mjs')
      const { record, stop, ...controls } = await startStack({ dapp: false })
      await use({ ...record, ...controls })
      await stop()
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  wallet: [
    async ({ stack, baseURL }, use) => {
      const { openTestWallet } = await import('./openTestWallet.mjs')
      const wallet = await openTestWallet(stack, { baseURL })
      await use(wallet)
      await wallet.context.close()
    },
    { timeout: 60_000 },
  ],
  context: async ({ wallet }, use) => use(wallet.context),
  page: async ({ context }, use) => use(await context.newPage()),
})

/** The bundler and the chain are too large to come along with a package that dapps install. */
function checkTools() {
  const wanted = { '@pimlico/alto': '0.0.20', viem: '2' }
  if (process.platform === 'linux' && process.arch === 'x64')
    wanted['@foundry-rs/anvil-linux-amd64/package.json'] = '1.7.1'
  const missing = Object.entries(wanted).filter(([name]) => !canResolve(name))
  if (missing.length === 0) return
  const packages = missing.map(([name, version]) => `${name.replace('/package.json', '')}@${version}`)
  throw new Error(`latchkey/testing starts a chain and a bundler of its own: npm i -D ${packages.join(' ')}`)
}

/** @param {string} name */
function canResolve(name) {
  try {
    require.resolve(name)
    return true
  } catch (error) {
    if (error.code === 'ERR_PACKAGE_PATH_NOT_EXPORTED') return true
    if (error.code !== 'MODULE_NOT_FOUND') throw error
    return false
  }
}
