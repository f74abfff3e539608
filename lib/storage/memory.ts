import { browser } from 'wxt/browser'

/**
 * Secrets that live in `storage.session` alone: memory of the browser, trusted contexts only, gone when it closes. Nothing here
 * ever reaches the disk.
 */
export type SecretMemory = {
  get(key: string): Promise<unknown>
  set(key: string, value: unknown): Promise<void>
  remove(keys: readonly string[]): Promise<void>
  keys(): Promise<string[]>
}

/** The browser's `storage.session`. */
export const browserMemory: SecretMemory = {
  async get(key) {
    return (await browser.storage.session.get(key))[key]
  },
  async set(key, value) {
    await browser.storage.session.set({ [key]: value })
  },
  async remove(keys) {
    await browser.storage.session.remove([...keys])
  },
  async keys() {
    return Object.keys(await browser.storage.session.get(null))
  },
}
