import { browser } from 'wxt/browser'

/** Opens a page of the wallet in a tab, or turns the tab that is open already: a site that asks often gets no more than one. */
export async function showPage(route: string): Promise<void> {
  const page = browser.runtime.getURL('/popup.html')
  const tabs = await browser.tabs.query({ url: `${page}*` })
  const open = tabs.find(({ url }) => url !== undefined && !url.includes('#/approve/'))
  if (open?.id === undefined) {
    await browser.tabs.create({ url: page + route })
    return
  }
  await browser.tabs.update(open.id, { url: page + route, active: true })
  if (open.windowId !== undefined) await browser.windows.update(open.windowId, { focused: true })
}
