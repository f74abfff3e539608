import { browser } from 'wxt/browser'

/**
 * Whether this page is the toolbar's popup, which closes as soon as it loses focus. A passkey prompt takes the focus, so
 * ceremonies run in a window or tab instead.
 */
export function isToolbarPopup(): boolean {
  return browser.extension.getViews({ type: 'popup' }).includes(window)
}
