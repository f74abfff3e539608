import { browser } from 'wxt/browser'

const id = 'latchkey-default'
const file = '/content-scripts/inpage-default.js'

/**
 * Brings what is registered in line with the setting "be the default wallet": a content script is registered while it is on, so that
 * a page knows it at document start. In effect in the documents that are loaded from now on. To be called at each start too, as the
 * browser drops registered scripts when the extension is updated.
 */
export async function applyDefaultWallet(on: boolean): Promise<void> {
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
}
