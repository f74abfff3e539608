import { browser } from 'wxt/browser'

/**
 * Shows a route of this page in a window of its own and closes the toolbar's popup.
 *
 * @param hash - With the number sign: `#/approve/…`.
 */
export async function openInWindow(hash: string): Promise<void> {
  const url = `${browser.runtime.getURL('/popup.html')}${hash}`
  await browser.windows.create({ url, type: 'popup', width: 400, height: 680 })
  window.close()
}
