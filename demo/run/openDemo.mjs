import { addNetwork } from '../browser/addNetwork.mjs'
import { createAuthenticator } from '../browser/createAuthenticator.mjs'
import { launchBrowser } from '../browser/launchBrowser.mjs'

/**
 * Opens Chromium with the extension for somebody to use: the wallet knows the stack, the welcome page and the demo dapp are open.
 *
 * @param {import('../stack/startStack.mjs').StackRecord} record
 * @param {{ ownPasskey: boolean }} options `ownPasskey`: the machine's authenticator instead of the software one.
 * @returns {Promise<import('@playwright/test').BrowserContext>}
 * @throws {Error} The browser did not start, or the wallet did not take the network.
 */
export async function openDemo(record, { ownPasskey }) {
  const authenticator = ownPasskey ? undefined : createAuthenticator()
  const { context, popupUrl } = await launchBrowser({
    headless: false,
    ...(authenticator && { authenticator }),
  })
  const wallet = context.pages()[0] ?? (await context.newPage())
  await addNetwork(wallet, popupUrl, record)
  // The wallet opens its welcome page itself when it is installed.
  const welcome = context.pages().some((page) => page !== wallet && page.url().startsWith(popupUrl))
  await (welcome ? wallet.close() : wallet.goto(`${popupUrl}#/welcome`))
  const dapp = await context.newPage()
  await dapp.goto(record.dappUrl)
  await dapp.bringToFront()
  console.log(
    ownPasskey
      ? 'Passkeys: this machine’s own.'
      : 'Passkeys: a software authenticator answers every prompt by itself, without a touch (--own-passkey uses this machine’s).',
  )
  console.log(`Orchard: ${record.dappUrl}   wallet: ${popupUrl}   Ctrl-C ends all.`)
  return context
}
