import { browser } from 'wxt/browser'

const key = 'setting:default-wallet'
const id = 'latchkey-default'
const file = '/content-scripts/inpage-default.js'

/**
 * Whether Latchkey takes `window.ethereum` also where another wallet is. Stored in `storage.local`; in effect by a content script
 * that is registered while it is on, so that a page knows it at document start.
 */
export const defaultWallet = {
  async get(): Promise<boolean> {
    return (await browser.storage.local.get(key))[key] === true
  },

  /** In effect in the documents that are loaded from now on. */
  async set(on: boolean): Promise<void> {
    await browser.storage.local.set({ [key]: on })
    await this.apply()
  },

  /** Brings what is registered in line with what is stored: the browser drops registered scripts when the extension is updated. */
  async apply(): Promise<void> {
    const on = await this.get()
    const { scripting } = browser
    const isRegistered = (await scripting.getRegisteredContentScripts({ ids: [id] })).length > 0
    if (on && !isRegistered)
      await scripting.registerContentScripts([
        {
          id,
          js: [file],
          matches: ['http://*/*', 'https://*/*'],
          world: 'MAIN',
          runAt: 'document_start',
          allFrames: true,
          matchOriginAsFallback: true,
          persistAcrossSessions: true,
        },
      ])
    if (!on && isRegistered) await scripting.unregisterContentScripts({ ids: [id] })
  },
}
