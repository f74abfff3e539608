import { browser } from 'wxt/browser'

/**
 * Brings the wallet into the tabs that were open when it was installed, so that a page that waits for a wallet need not be loaded
 * again. Frames that have its scripts already get none: Firefox does this by itself, and a page may load in this very moment.
 */
export async function enterOpenTabs(): Promise<void> {
  const tabs = await browser.tabs.query({ url: ['http://*/*', 'https://*/*'] })
  await Promise.all(tabs.map(({ id }) => id !== undefined && enterTab(id)))
}

async function enterTab(tabId: number) {
  try {
    const frames = await browser.scripting.executeScript({
      target: { tabId, allFrames: true },
      injectImmediately: true,
      func: () => 'latchkeyRelay' in globalThis,
    })
    const frameIds = frames.filter(({ result }) => result === false).map(({ frameId }) => frameId)
    if (frameIds.length === 0) return
    const target = { target: { tabId, frameIds }, injectImmediately: true }
    await browser.scripting.executeScript({ ...target, files: ['/content-scripts/content.js'] })
    await browser.scripting.executeScript({
      ...target,
      files: ['/content-scripts/inpage.js'],
      world: 'MAIN',
    })
  } catch (error) {
    // A page that no extension may enter (the store), or a tab that closed meanwhile.
    console.warn('Latchkey is not in a tab that was open before it: load it again.', error)
  }
}
