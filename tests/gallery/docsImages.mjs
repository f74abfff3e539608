/**
 * Takes the pictures of the documentation, docs/images, from the real wallet on the real stack. `node tests/gallery/docsImages.mjs`;
 * wants the contracts, the dapp and the extension built.
 */
import { mkdirSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { addNetwork } from '../../demo/browser/addNetwork.mjs'
import { createAuthenticator } from '../../demo/browser/createAuthenticator.mjs'
import { launchBrowser } from '../../demo/browser/launchBrowser.mjs'
import { pressButton } from '../../demo/browser/pressButton.mjs'
import { findProvider, request } from '../../demo/run/pageProvider.mjs'
import { watchWindows } from '../../demo/run/watchWindows.mjs'
import { startStack } from '../../demo/stack/startStack.mjs'
import { composeHero } from './composeHero.mjs'
import { openCamera } from './openCamera.mjs'
import { plantAll } from './plantAll.mjs'

/** What a picture may weigh, in bytes. */
const heaviest = 250_000
const folder = fileURLToPath(new URL('../../docs/images/', import.meta.url))
/** The window that the wallet opens. */
const popup = { width: 400, height: 680 }
const desktop = { width: 1280, height: 1040 }
/** Plots that others planted before. */
const planted = [1, 4, 6, 8, 9, 13, 16, 19, 22, 23, 26, 28, 33]
/** Plots that the player plants. */
const plots = [14, 11, 31, 8, 14]

mkdirSync(folder, { recursive: true })
const stack = await startStack({ preferredBase: 8545 })
await plantAll(stack.record, planted)
const authenticator = createAuthenticator()
const { context, popupUrl } = await launchBrowser({ authenticator })
try {
  const { openPage, nextWindow } = watchWindows(context, popupUrl)
  const camera = openCamera(context, folder)

  const wallet = await openPage()
  await camera.frame(wallet, popup)
  await addNetwork(wallet, popupUrl, stack.record)
  await wallet.goto(`${popupUrl}#/welcome`)
  await camera.take(wallet, 'welcome')
  await wallet.getByRole('button', { name: 'Create passkey' }).click()
  await wallet.getByRole('heading', { name: 'Your account is ready' }).waitFor()

  const orchard = await openPage()
  await camera.frame(orchard, desktop)
  await orchard.goto(stack.record.dappUrl)
  await findProvider(orchard, 'app.latchkey.wallet')
  const refused = request(orchard, 'eth_requestAccounts').catch(({ code }) => code)
  const connect = await nextWindow()
  await camera.frame(connect, popup)
  await enabled(connect, 'Connect')
  await camera.take(connect, 'connect')
  await pressButton(connect.getByRole('button', { name: 'Reject', exact: true }))
  await refused

  await press('Connect')
  const session = await nextWindow()
  await camera.frame(session, popup)
  await enabled(session, 'Approve')
  await camera.take(session, 'session')
  await camera.frame(orchard, { width: 720, height: 900 })
  const beside = await camera.look(orchard)
  await camera.frame(orchard, desktop)
  await session.bringToFront()
  await pressButton(session.getByRole('button', { name: 'Approve', exact: true }))
  await orchard.getByTestId('funds').filter({ hasText: '100 DEMO' }).waitFor()
  await orchard.getByRole('button', { name: 'Dismiss' }).click()

  for (const plot of plots) await order(`Plant plot ${plot}`)
  await order('Plant three')
  await order('Tip 0.002 ETH')
  for (const name of ['Buy water (1 DEMO)', 'Buy compost (2 DEMO)', 'Buy compost (2 DEMO)']) await order(name)
  await orchard.evaluate(() => window.scrollTo(0, 0))
  await camera.take(orchard, 'orchard')

  await press('Ask for 5 DEMO')
  const beyond = await nextWindow()
  await camera.frame(beyond, popup)
  await enabled(beyond, 'Approve once')
  await camera.take(beyond, 'over-limit')
  await pressButton(beyond.getByRole('button', { name: 'Reject', exact: true }))

  await camera.show(wallet, `${popupUrl}#/sessions`)
  await wallet.getByRole('button', { name: 'Revoke', exact: true }).waitFor()
  await camera.take(wallet, 'sessions')

  await press('Pretend this site was hacked')
  await orchard.getByTestId('outflow').waitFor({ timeout: 60_000 })
  await camera.frame(orchard, { width: 560, height: 952 })
  await orchard.getByTestId('hack').evaluate((panel) => panel.scrollIntoView())
  await camera.take(orchard, 'orchard-hacked')

  const hero = await openPage()
  await camera.frame(hero, { width: 1200, height: 780 })
  await composeHero(hero, { dapp: beside, wallet: readFileSync(`${folder}session.png`) })
  await camera.take(hero, 'hero')

  for (const name of camera.taken) {
    const { size } = statSync(`${folder}${name}.png`)
    console.log(`${`${name}.png`.padEnd(22)}${Math.round(size / 1000)} kB`)
    if (size > heaviest) process.exitCode = 1
  }

  /** @param {string} name */
  async function press(name) {
    await orchard.bringToFront()
    await orchard.getByRole('button', { name, exact: true }).click()
  }

  /** Presses a button and waits until its transaction has landed. @param {string} name */
  async function order(name) {
    const landed = orchard.locator('[data-testid=log-row][data-status=confirmed]')
    const count = await landed.count()
    await press(name)
    await landed.nth(count).waitFor()
  }
} finally {
  await context.close()
  await stack.stop()
}

/** Waits until an approval can be answered. @param {import('@playwright/test').Page} page @param {string} name */
async function enabled(page, name) {
  await page.locator('button:enabled', { hasText: new RegExp(`^\\s*${name}\\s*$`) }).waitFor()
}
