import { browser } from 'wxt/browser'

/**
 * Keeps content scripts out of the extension's storage, which a page that took over its renderer could read. A browser without this
 * (Firefox) keeps them out of `storage.session` by itself, and lets them read `storage.local`: the wallet writes nothing there.
 */
export async function restrictAccess(): Promise<void> {
  const { session, local, sync } = browser.storage
  for (const area of [session, local, sync]) {
    const offered = area as Partial<typeof area>
    if (offered.setAccessLevel !== undefined) await area.setAccessLevel({ accessLevel: 'TRUSTED_CONTEXTS' })
  }
}
