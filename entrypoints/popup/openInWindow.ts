import { browser } from 'wxt/browser'
import { command } from '@/entrypoints/popup/command'
import { surface } from '@/entrypoints/popup/surface'

/**
 * Shows a route of this page in a window of its own and closes the toolbar's popup. Approvals go to the one approval window, which
 * the background owns.
 *
 * @param hash - With the number sign: `#/approve/…`.
 */
export async function openInWindow(hash: string): Promise<void> {
  const [, id] = /^#\/approve\/(.+)$/.exec(hash) ?? []
  if (id !== undefined) await command('showApproval', { id })
  else {
    const url = `${browser.runtime.getURL('/popup.html')}${hash}`
    await browser.windows.create({ url, type: 'popup', width: 400, height: 680 })
  }
  if (surface() === 'toolbar') window.close()
}
