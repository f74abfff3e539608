import { browser } from 'wxt/browser'

/** Where this page is shown: in the toolbar's popup, in the browser's side panel, or in a tab or window of its own. */
export type Surface = 'toolbar' | 'panel' | 'window'

/** Where this page is shown. */
export function surface(): Surface {
  if (browser.extension.getViews({ type: 'popup' }).includes(window)) return 'toolbar'
  // As the manifest names the page.
  return new URLSearchParams(window.location.search).has('panel') ? 'panel' : 'window'
}

/**
 * Whether passkey prompts go to a window of their own: the toolbar's popup closes as soon as a prompt takes the focus, and a side panel
 * stays beside whatever the user does next.
 */
export function asksElsewhere(): boolean {
  return surface() !== 'window'
}
