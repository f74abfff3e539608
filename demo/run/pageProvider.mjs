/**
 * Finds a wallet on a page by EIP-6963 and keeps its provider for {@link request}.
 *
 * @param {import('@playwright/test').Page} page
 * @param {string} rdns
 * @returns {Promise<{ name: string, rdns: string, uuid: string }>} What it announces of itself.
 * @throws {Error} No such wallet announced itself within five seconds.
 */
export async function findProvider(page, rdns) {
  const info = await page.evaluate(
    (wanted) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => resolve(undefined), 5_000)
        window.addEventListener('eip6963:announceProvider', ({ detail }) => {
          if (detail.info.rdns !== wanted) return
          clearTimeout(timer)
          window.latchkeyRun = detail.provider
          const { name, uuid } = detail.info
          resolve({ name, rdns: wanted, uuid })
        })
        window.dispatchEvent(new Event('eip6963:requestProvider'))
      }),
    rdns,
  )
  if (info === undefined) throw new Error(`No wallet with rdns ${rdns} announced itself to the page.`)
  return info
}

/**
 * Sends a request through the provider that {@link findProvider} kept.
 *
 * @param {import('@playwright/test').Page} page
 * @param {string} method
 * @param {unknown} [params]
 * @returns {Promise<any>}
 * @throws {Error} The wallet's own error, with its `code` and `data`.
 */
export async function request(page, method, params) {
  const { result, error } = await page.evaluate(
    (call) =>
      window.latchkeyRun.request(call).then(
        (value) => ({ result: value }),
        ({ code, message, data }) => ({ error: { code, message, data } }),
      ),
    { method, ...(params !== undefined && { params }) },
  )
  if (error !== undefined) throw Object.assign(new Error(`${method}: ${error.message}`), error)
  return result
}
