/**
 * Counts and hands out the approvals that the wallet shows by itself. The wallet owns one window: an approval that comes while it is
 * still open is shown in it, so an approval is told by its id in the address, not by a new page.
 *
 * @param {import('@playwright/test').BrowserContext} context
 * @param {string} popupUrl
 */
export function watchWindows(context, popupUrl) {
  const prefix = `${popupUrl}#/approve/`
  /** Ids of approvals of earlier steps; one may still be shown for a moment. @type {Set<string>} */
  const earlier = new Set()
  /** Of this step. @type {Set<string>} */
  const seen = new Set()
  /** @type {Set<string>} */
  const handedOut = new Set()
  /** Pages that were opened here, not by the wallet. @type {Set<import('@playwright/test').Page>} */
  const own = new Set()

  /** @param {import('@playwright/test').Page} page */
  function note(page) {
    if (own.has(page) || !page.url().startsWith(prefix)) return undefined
    const id = page.url().slice(prefix.length)
    if (earlier.has(id)) return undefined
    seen.add(id)
    return id
  }

  /** @param {import('@playwright/test').Page} page */
  function watch(page) {
    note(page)
    page.on('framenavigated', () => note(page))
  }
  context.pages().forEach(watch)
  context.on('page', watch)

  return {
    /** A new step begins: what was shown before counts no more. */
    begin() {
      for (const id of seen) earlier.add(id)
      seen.clear()
    },

    /** Opens a page of one's own, which is no window of the wallet's. */
    async openPage() {
      const page = await context.newPage()
      own.add(page)
      return page
    },

    windowsOpened: () => seen.size,

    /** The window with the next approval, waiting up to 15 s for it. @throws {Error} None was shown. */
    async nextWindow() {
      const end = Date.now() + 15_000
      for (;;) {
        for (const page of context.pages()) {
          const id = note(page)
          if (id === undefined || handedOut.has(id)) continue
          handedOut.add(id)
          return page
        }
        if (Date.now() > end) throw new Error('The wallet opened no window within 15 s.')
        await new Promise((resolve) => setTimeout(resolve, 25))
      }
    },
  }
}
