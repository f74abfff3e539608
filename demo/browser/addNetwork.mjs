/**
 * Tells the wallet of a stack as a user would: the prefilled "Add network" form, one click.
 *
 * @param {import('@playwright/test').Page} page Any page; it shows the wallet's networks afterwards.
 * @param {string} popupUrl
 * @param {import('../stack/startStack.mjs').StackRecord} record
 * @throws {Error} The wallet did not take the network; the message carries what its page says.
 */
export async function addNetwork(page, popupUrl, record) {
  const { chainName: name, rpcUrl, bundlerUrl, paymasterUrl } = record
  const query = new URLSearchParams({ name, rpcUrl, bundlerUrl, paymasterUrl })
  await page.goto(`${popupUrl}#/networks?${query}`)
  await page.getByRole('button', { name: 'Add network', exact: true }).click()
  const done = page.getByRole('status').filter({ hasText: name })
  const refused = page.getByRole('alert')
  await done.or(refused).first().waitFor({ timeout: 15_000 })
  if (await done.isVisible()) return
  throw new Error(`The wallet did not add the network: ${await refused.first().innerText()}`)
}
