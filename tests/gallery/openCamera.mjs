import { writeFileSync } from 'node:fs'
import { shrinkPng } from './shrinkPng.mjs'

/**
 * Photographs pages in light colours at twice their size, once they stand still.
 *
 * @param {import('@playwright/test').BrowserContext} context
 * @param {string} folder Where the pictures go; ends with a slash.
 */
export function openCamera(context, folder) {
  /** @type {string[]} */
  const taken = []
  /** What gave a page its size: it alone sees all its pixels. @type {Map<import('@playwright/test').Page, import('@playwright/test').CDPSession>} */
  const tripods = new Map()

  /** What a page's window shows, as PNG. @param {import('@playwright/test').Page} page */
  async function look(page) {
    await page.bringToFront()
    await page.mouse.move(0, 0)
    await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
    await page.waitForTimeout(900)
    const { data } = await tripodOf(page).send('Page.captureScreenshot', { format: 'png' })
    return Buffer.from(data, 'base64')
  }

  /** @param {import('@playwright/test').Page} page */
  function tripodOf(page) {
    const tripod = tripods.get(page)
    if (tripod === undefined) throw new Error('Frame the page first.')
    return tripod
  }

  return {
    /** Names of the pictures so far. */
    taken,

    /**
     * Gives a page its size.
     *
     * @param {import('@playwright/test').Page} page
     * @param {{ width: number, height: number }} size In CSS pixels.
     */
    async frame(page, { width, height }) {
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
      const tripod = tripods.get(page) ?? (await context.newCDPSession(page))
      tripods.set(page, tripod)
      const metrics = { width, height, deviceScaleFactor: 2, mobile: false }
      await tripod.send('Emulation.setDeviceMetricsOverride', metrics)
      await tripod.send('Emulation.setScrollbarsHidden', { hidden: true })
    },

    /** Goes to an address in front of the others. @param {import('@playwright/test').Page} page @param {string} url */
    async show(page, url) {
      await page.bringToFront()
      await page.goto(url)
    },

    look,

    /** Keeps what a page's window shows. @param {import('@playwright/test').Page} page @param {string} name Of the file, without its ending. */
    async take(page, name) {
      writeFileSync(`${folder}${name}.png`, shrinkPng(await look(page)))
      taken.push(name)
    },
  }
}
