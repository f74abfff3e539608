/**
 * Counts and hands out the windows that the wallet opens by itself.
 *
 * @param {import('@playwright/test').BrowserContext} context
 * @param {string} popupUrl
 */
export function watchWindows(context, popupUrl) {
  /** @type {import('@playwright/test').Page[]} */
  let opened = []
  let handedOut = 0
  context.on('page', async (page) => {
    await page
      .waitForURL((url) => url.href.startsWith(`${popupUrl}#/approve/`), { timeout: 10_000 })
      .then(
        () => opened.push(page),
        () => undefined,
      )
  })
  return {
    /** A new step begins: what was opened before counts no more. */
    begin() {
      opened = []
      handedOut = 0
    },

    windowsOpened: () => opened.length,

    /** The next window, waiting up to 15 s for it. @throws {Error} None opened. */
    async nextWindow() {
      const end = Date.now() + 15_000
      while (opened.length <= handedOut) {
        if (Date.now() > end) throw new Error('The wallet opened no window within 15 s.')
        await new Promise((resolve) => setTimeout(resolve, 25))
      }
      const page = opened[handedOut]
      handedOut += 1
      return page
    },
  }
}
