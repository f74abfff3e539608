import { browser } from 'wxt/browser'

/** Opens the wallet in a tab of its own. */
export async function showInTab(): Promise<void> {
  await browser.tabs.create({ url: browser.runtime.getURL('/popup.html') })
}

/** Whether this browser opens its side panel for a page; Firefox leaves that to its own menu. */
export function hasSidePanel(): boolean {
  return 'sidePanel' in browser && typeof browser.sidePanel.open === 'function'
}

/**
 * Opens the wallet in the side panel of this window.
 *
 * @throws {Error} Not in answer to a click.
 */
export async function showInSidePanel(): Promise<void> {
  const { id } = await browser.windows.getCurrent()
  if (id !== undefined) await browser.sidePanel.open({ windowId: id })
}
